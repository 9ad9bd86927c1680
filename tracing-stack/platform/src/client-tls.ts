import type { ConnectionOptions } from 'node:tls';
import { pemFile } from './pem-file.ts';

/** Of a client. Files are PEM; empty for none. */
export interface ClientTls {
  readonly enabled: boolean;
  /** Whom to trust; the system's authorities if empty. */
  readonly ca: string;
  /** The client's own certificate and key, if the server asks for them. */
  readonly cert: string;
  readonly key: string;
  readonly skipHostVerify: boolean;
}

export interface NamedClientTls extends ClientTls {
  /** Of the server's certificate, if not the address's; empty for that. */
  readonly serverName: string;
}

/**
 * For node:tls; `undefined` unless it is enabled. `flags` is what those begin with that name the files (`es.tls`). Rejects with a
 * `UserError` for a file that cannot be read.
 */
export async function tlsConnection(
  component: string,
  flags: string,
  tls: NamedClientTls | undefined,
): Promise<ConnectionOptions | undefined> {
  if (!tls?.enabled) return undefined;
  const [ca, cert, key] = await Promise.all(
    (['ca', 'cert', 'key'] as const).map((file) =>
      pemFile(component, tls[file], `${flags}.${file}`),
    ),
  );
  return {
    rejectUnauthorized: !tls.skipHostVerify,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(tls.serverName !== '' && { servername: tls.serverName }),
  };
}
