import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { UserError } from '@spoor/platform';
import type { StorageTls } from './store-options.ts';

/** What the files say. Rejects with a `UserError` for one that cannot be read. */
export async function tlsOptions(tls: StorageTls | undefined): Promise<ConnectionOptions> {
  if (!tls?.enabled) return {};
  const [ca, cert, key] = await Promise.all([tls.ca, tls.cert, tls.key].map(pemFile));
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(tls.serverName !== '' && { servername: tls.serverName }),
    ...(tls.skipHostVerify && { rejectUnauthorized: false }),
  };
}

async function pemFile(path: string): Promise<Buffer | undefined> {
  if (path === '') return undefined;
  try {
    return await readFile(path);
  } catch (cause) {
    const text = `[elasticsearch] cannot read ${path}: ${(cause as Error).message}`;
    throw new UserError('bad-flag', text, { cause });
  }
}
