import { execFile } from 'node:child_process';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why no certificates can be made here, if they cannot. Throws where everything is to be tried. */
export const noOpenssl = await run('openssl', ['version']).then(
  () => undefined,
  () => 'openssl, which makes the certificates, is not installed',
);
if (noOpenssl !== undefined && process.env['CI'] !== undefined) throw new Error(noOpenssl);

/** A key and a certificate that vouches for itself, `NAME.key` and `NAME.crt`, for a host by name or address. */
export async function makeCertificate(directory: string, name: string, host: string) {
  const key = join(directory, `${name}.key`);
  const cert = join(directory, `${name}.crt`);
  const kind = isIP(host) === 0 ? 'DNS' : 'IP';
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-keyout', key, '-out', cert],
    ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=${kind}:${host}`],
  ]);
  return { cert, key };
}
