import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { BudgetShare } from '@spoor/platform';
import { readBody } from './read-body.ts';
import { noRoom, RequestError } from './request-error.ts';

/** Only Node 22.15 and later can, and the types are those of Node 20. */
const { createZstdDecompress } = zlib as typeof zlib & {
  readonly createZstdDecompress?: (options: object) => Transform;
};

interface Reader {
  /** Throws a `RequestError` where Node cannot. */
  readonly create: () => Transform;
  /** What it holds of its own while it reads: above all the window into what it read. */
  readonly bytes: number;
}

const INFLATE_BYTES = 64 * 1024;
const INFLATE: Reader = { create: () => zlib.createInflate(), bytes: INFLATE_BYTES };
const READERS = new Map<string, Reader>([
  ['gzip', { create: () => zlib.createGunzip(), bytes: INFLATE_BYTES }],
  ['deflate', INFLATE],
  ['zlib', INFLATE],
  ['zstd', { create: zstdReader, bytes: 8 * 1024 * 1024 }],
]);

function zstdReader(): Transform {
  if (createZstdDecompress === undefined) {
    const answer = `Content-Encoding zstd needs Node 22.15 or later, and this is ${process.version}`;
    throw new RequestError('unsupported-encoding', answer);
  }
  // `ZSTD_d_windowLogMax`. A frame may ask for 128 MB before its first byte; 8 MB every reader should have (RFC 8878).
  return createZstdDecompress({ params: { 100: 23 } });
}

const GZIP_MAGIC = 0x1f8b;

/** A body without its compression. */
export async function readDecompressed(
  request: IncomingMessage,
  maxBytes: number,
  share: BudgetShare,
): Promise<Buffer> {
  const body = await readBody(request, maxBytes, share);
  return decompress(body, request.headers['content-encoding'], maxBytes, share);
}

/**
 * The body without the compression that `encoding` (its Content-Encoding) names. A body that says it is gzip and is not
 * stays as it is, as in Jaeger. What it grows to is taken from `share` as it grows. Rejects with a `RequestError`, also of
 * what would grow beyond `maxBytes`.
 */
async function decompress(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
  share: BudgetShare,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const reader = READERS.get(name);
  if (reader === undefined) {
    throw new RequestError('unsupported-type', `unsupported Content-Encoding: ${name}`);
  }
  if (name === 'gzip' && (body.length < 2 || body.readUInt16BE() !== GZIP_MAGIC)) return body;
  if (!share.tryTake(reader.bytes)) throw noRoom(share);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of reader.create().end(body) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (!share.tryTake(chunk.length)) throw noRoom(share);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    const { message } = cause as Error;
    throw new RequestError('unreadable', `Cannot decompress the body: ${message}`, cause);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): RequestError {
  const answer = `Request body is larger than ${maxBytes} bytes when decompressed`;
  return new RequestError('too-large', answer);
}
