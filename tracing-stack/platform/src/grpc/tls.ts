import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ChannelCredentials, ServerCredentials } from '@grpc/grpc-js';
import { UserError } from '../user-error.ts';

/** Of a client. Files are PEM. */
export interface ClientTls {
  readonly enabled: boolean;
  /** Whom to trust; the system's authorities if empty. */
  readonly ca: string;
  /** The client's own certificate and key, if the server asks for them. */
  readonly cert: string;
  readonly key: string;
  readonly skipHostVerify: boolean;
}

/** Of a server. Files are PEM. */
export interface ServerTls {
  readonly enabled: boolean;
  readonly cert: string;
  readonly key: string;
  /** Only clients with a certificate of this authority are let in, if it is there. */
  readonly clientCa: string;
}

/** Without TLS unless it is enabled. Rejects with a `UserError` for a file that cannot be read. */
export async function clientCredentials(
  component: string,
  { enabled, ca, cert, key, skipHostVerify }: ClientTls,
): Promise<ChannelCredentials> {
  if (!enabled) return ChannelCredentials.createInsecure();
  const [authorities, privateKey, chain] = await Promise.all(
    [ca, key, cert].map((path) => pemFile(component, path)),
  );
  // As in Go: neither the name nor the authority is looked at.
  const verify = skipHostVerify
    ? { rejectUnauthorized: false, checkServerIdentity: () => undefined }
    : {};
  checkPem(component, { ca: authorities, key: privateKey, cert: chain });
  return ChannelCredentials.createSsl(authorities, privateKey, chain, verify);
}

/** Without TLS unless it is enabled. Rejects with a `UserError` for a file that cannot be read. */
export async function serverCredentials(
  component: string,
  { enabled, cert, key, clientCa }: ServerTls,
): Promise<ServerCredentials> {
  if (!enabled) return ServerCredentials.createInsecure();
  const [chain, privateKey, authorities] = await Promise.all(
    [cert, key, clientCa].map((path) => pemFile(component, path)),
  );
  if (!chain || !privateKey) {
    throw new UserError('bad-flag', `[${component}] TLS needs a certificate and its key`);
  }
  checkPem(component, { ca: authorities, key: privateKey, cert: chain });
  const pair = { cert_chain: chain, private_key: privateKey };
  return ServerCredentials.createSsl(authorities ?? null, [pair], clientCa !== '');
}

async function pemFile(component: string, path: string): Promise<Buffer | null> {
  if (path === '') return null;
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new UserError('bad-flag', `[${component}] cannot read ${path}: ${reason}`, { cause });
  }
}

type Pem = Readonly<Record<'ca' | 'key' | 'cert', Buffer | null | undefined>>;

/** gRPC would find out at the first connection. */
function checkPem(component: string, { ca, key, cert }: Pem): void {
  try {
    createSecureContext({ ...(ca && { ca }), ...(key && { key }), ...(cert && { cert }) });
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new UserError('bad-flag', `[${component}] TLS: ${reason}`, { cause });
  }
}
