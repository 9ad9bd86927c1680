import type { IncomingMessage } from 'node:http';
import type { ByteBudget } from '@spoor/platform';
import { RequestError } from './request-error.ts';

/**
 * Reads a body whole, or rejects with a `RequestError`. What arrives is taken from `budget`, so that many slow senders
 * together stay in bounds, and given back at the end. After a rejection Node still reads the rest of the body and drops
 * it, so that the sender comes to read the answer.
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  budget: ByteBudget,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isOver = false;
    function end(finish: () => void): void {
      if (isOver) return;
      isOver = true;
      if (length > 0) budget.giveBack(length);
      finish();
      chunks.length = 0;
    }
    const fail = (error: RequestError) => end(() => reject(error));

    request.on('data', (chunk: Buffer) => {
      if (isOver) return;
      if (length + chunk.length > maxBytes) fail(tooLarge(maxBytes));
      else if (!budget.tryTake(chunk.length)) fail(noRoom(budget));
      else {
        length += chunk.length;
        chunks.push(chunk);
      }
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

function noRoom({ bytes, maxBytes }: ByteBudget): RequestError {
  const message = `${bytes} of ${maxBytes} bytes of request bodies are under way`;
  return new RequestError('queue-full', message);
}

/** Nobody is there to read this answer. */
function aborted(): RequestError {
  return new RequestError('aborted', 'The connection ended before the request body');
}
