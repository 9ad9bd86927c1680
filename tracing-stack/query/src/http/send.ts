import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

/** An answer up to this many characters is sent in one piece with its length; a longer one as it is made. */
const PIECE = 64 * 1024;

/** The browser is near: time counts more than size. */
const GZIP = { level: constants.Z_BEST_SPEED };

/** What Go's gzip handler wraps as well: every answer may differ by it. */
export function varyByEncoding(_request: Request, response: Response, next: () => void): void {
  response.setHeader('Vary', 'Accept-Encoding');
  next();
}

/** Sends these headers with every answer. */
export function withHeaders(headers: ReadonlyMap<string, string>): RequestHandler {
  return (_request, response, next) => {
    response.setHeaders(new Map(headers));
    next();
  };
}

/** Sends text made of parts, with gzip if the client takes it. Resolves when it is sent or the client has gone. */
export async function sendText(
  request: Request,
  response: Response,
  parts: Iterable<string>,
): Promise<void> {
  const pieces = joined(parts)[Symbol.iterator]();
  const first = pieces.next();
  const second = pieces.next();
  if (second.done) {
    await sendBytes(request, response, Buffer.from(first.value ?? ''));
    return;
  }
  function* all(): Generator<string> {
    yield first.value ?? '';
    yield second.value ?? '';
    yield* { [Symbol.iterator]: () => pieces };
  }
  const source = Readable.from(all(), { objectMode: false });
  try {
    if (takesGzip(request)) {
      response.setHeader('Content-Encoding', 'gzip');
      await pipeline(source, createGzip(GZIP), response);
    } else await pipeline(source, response);
  } catch (error) {
    // The reader closed the connection: there is nobody left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Sends a body whose bytes are all there. */
export async function sendBytes(
  request: Request,
  response: Response,
  bytes: Uint8Array,
): Promise<void> {
  let body = bytes;
  if (takesGzip(request)) {
    body = await promisify(gzip)(bytes, GZIP);
    response.setHeader('Content-Encoding', 'gzip');
  }
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function takesGzip(request: Request): boolean {
  return request.acceptsEncodings('gzip') === 'gzip';
}

/** The same text in few large pieces instead of many small ones. */
function* joined(parts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
