import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { RequestError } from './request-error.ts';

const READERS = new Map([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['zlib', promisify(inflate)],
]);

const GZIP_MAGIC = 0x1f8b;

/**
 * The body without the compression that `encoding` (its Content-Encoding) names. A body that says it is gzip and is not
 * stays as it is, as in Jaeger. Rejects with a `RequestError`, also of what would grow beyond `maxBytes`.
 */
export async function decompress(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const read = READERS.get(name);
  if (read === undefined) {
    throw new RequestError('unsupported-type', `unsupported Content-Encoding: ${name}`);
  }
  if (name === 'gzip' && (body.length < 2 || body.readUInt16BE() !== GZIP_MAGIC)) return body;
  try {
    return await read(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      const answer = `Request body is larger than ${maxBytes} bytes when decompressed`;
      throw new RequestError('too-large', answer, cause);
    }
    throw new RequestError('unreadable', `Cannot decompress the body: ${message}`, cause);
  }
}
