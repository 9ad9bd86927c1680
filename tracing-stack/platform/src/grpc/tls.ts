import { createSecureContext } from 'node:tls';
import { ChannelCredentials, ServerCredentials } from '@grpc/grpc-js';
import type { ClientTls } from '../client-tls.ts';
import { pemFile } from '../pem-file.ts';
import { UserError } from '../user-error.ts';

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
  return ChannelCredentials.createSsl(
    authorities ?? null,
    privateKey ?? null,
    chain ?? null,
    verify,
  );
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

type Pem = Readonly<Record<'ca' | 'key' | 'cert', Buffer | undefined>>;

/** gRPC would find out at the first connection. */
function checkPem(component: string, { ca, key, cert }: Pem): void {
  try {
    createSecureContext({ ...(ca && { ca }), ...(key && { key }), ...(cert && { cert }) });
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new UserError('bad-flag', `[${component}] TLS: ${reason}`, { cause });
  }
}
