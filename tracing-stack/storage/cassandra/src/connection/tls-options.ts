import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { UserError } from '@spoor/platform';
import type { CassandraTls } from '../store-options.ts';

/** What TLS is to be like; `undefined` for none. Throws `UserError` for a file that cannot be read. */
export async function tlsOptions(tls: CassandraTls): Promise<ConnectionOptions | undefined> {
  if (!tls.enabled) return undefined;
  const [ca, cert, key] = await Promise.all([pem('ca', tls), pem('cert', tls), pem('key', tls)]);
  return {
    rejectUnauthorized: !tls.skipHostVerify,
    ...(ca && { ca: [ca] }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(tls.serverName !== '' && { servername: tls.serverName }),
  };
}

async function pem(name: 'ca' | 'cert' | 'key', tls: CassandraTls): Promise<Buffer | undefined> {
  const path = tls[name];
  if (path === '') return undefined;
  try {
    return await readFile(path);
  } catch (cause) {
    const { message } = cause as Error;
    throw new UserError('bad-flag', `[cassandra] cassandra.tls.${name}: ${message}`, { cause });
  }
}
