import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { PIECE } from '../json/pieces.ts';

/** A text; what is asynchronous is made while it is sent. */
export type Parts = Iterable<string> | AsyncIterable<string>;

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

/**
 * Sends text made of parts: one of up to `PIECE` characters with its length, a longer one as it is made. With gzip if
 * the client takes it. Resolves when it is sent or the client has gone. Rejects with what the parts throw: before the
 * head of the answer is out, or with the connection broken.
 */
export async function sendText(request: Request, response: Response, parts: Parts): Promise<void> {
  const pieces = joined(parts);
  const first = await pieces.next();
  const second = await pieces.next();
  if (second.done) {
    await sendBytes(request, response, Buffer.from(first.value ?? ''));
    return;
  }
  async function* all(): AsyncGenerator<string> {
    yield first.value ?? '';
    yield second.value ?? '';
    yield* pieces;
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

/** As `pieces`, of parts that may still be made. */
async function* joined(parts: Parts): AsyncGenerator<string, undefined> {
  let piece = '';
  for await (const part of parts) {
    piece += part;
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
  return undefined;
}
