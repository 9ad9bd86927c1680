import type { IncomingMessage } from 'node:http';
import { BudgetShare, type ByteBudget } from '@spoor/platform';
import { noRoom, RequestError } from './request-error.ts';

/** How much a door holds of bodies. */
export interface BodyLimits {
  /** Larger bodies are refused, also if they are larger without their compression. */
  readonly maxBodyBytes: number;
  /** For the bodies that are being received, and not yet counted among the batches that wait for the store. */
  readonly bodies: ByteBudget;
}

/** Reads a body within `maxBytes`, and takes what it holds from `share`. Rejects with a `RequestError`. */
export type ReadBody = (
  request: IncomingMessage,
  maxBytes: number,
  share: BudgetShare,
) => Promise<Buffer>;

/**
 * Reads a body and gives it to `submit`, which takes room for it before it returns: until then its bytes are held in
 * `bodies`, so that many senders together stay in bounds. Rejects with a `RequestError`, or as `submit` does.
 */
export async function withBody(
  request: IncomingMessage,
  { maxBodyBytes, bodies }: BodyLimits,
  read: ReadBody,
  submit: (body: Buffer) => Promise<void>,
): Promise<void> {
  const share = new BudgetShare(bodies);
  let stored: Promise<void>;
  try {
    stored = submit(await read(request, maxBodyBytes, share));
  } finally {
    share.giveBack();
  }
  await stored;
}

/** Reads it whole. After a rejection Node still reads the rest and drops it, so that the sender comes to read the answer. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  share: BudgetShare,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isOver = false;
    function end(finish: () => void): void {
      if (isOver) return;
      isOver = true;
      finish();
      chunks.length = 0;
    }
    const fail = (error: RequestError) => end(() => reject(error));

    request.on('data', (chunk: Buffer) => {
      if (isOver) return;
      length += chunk.length;
      if (length > maxBytes) fail(tooLarge(maxBytes));
      else if (!share.tryTake(chunk.length)) fail(noRoom(share));
      else chunks.push(chunk);
    });
    request.on('end', () =>
      end(() => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))),
    );
    request.on('error', () => fail(aborted()));
    request.on('close', () => fail(aborted()));
  });
}

function tooLarge(maxBytes: number): RequestError {
  return new RequestError('too-large', `Request body is larger than ${maxBytes} bytes`);
}

/** Nobody is there to read this answer. */
function aborted(): RequestError {
  return new RequestError('aborted', 'The connection ended before the request body');
}
