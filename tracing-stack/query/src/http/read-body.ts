import type { IncomingMessage } from 'node:http';
import { HttpError } from './errors.ts';

/** More than any trace that somebody looks at: decoded it takes several times as much. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** The whole body of a request. Throws `HttpError` for one that is too large, of which the rest is passed over. */
export async function readBody(
  request: IncomingMessage,
  maxBytes = MAX_BODY_BYTES,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) throw new HttpError(413, `a body of more than ${maxBytes} bytes`);
  return Buffer.concat(chunks);
}
