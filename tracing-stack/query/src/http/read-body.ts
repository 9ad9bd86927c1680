import type { IncomingMessage } from 'node:http';
import type { BudgetShare } from '@spoor/platform';
import { HttpError } from './errors.ts';

/** More than a trace that somebody looks at: decoded it takes several times as much. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** Of all bodies together, from their first bytes until what was asked of them is answered. */
export const MAX_BODIES_BYTES = 2 * MAX_BODY_BYTES;

/**
 * The whole body of a request, whose bytes are taken from `share`. Throws `HttpError` for one that is too large, or has no
 * room beside others; the rest of it is passed over.
 */
export async function readBody(
  request: IncomingMessage,
  share: BudgetShare,
  maxBytes = MAX_BODY_BYTES,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  let refusal: HttpError | undefined;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (refusal !== undefined) continue;
    if (length > maxBytes) refusal = new HttpError(413, `a body of more than ${maxBytes} bytes`);
    else if (!share.tryTake(chunk.length)) refusal = noRoom(share);
    else chunks.push(chunk);
    if (refusal !== undefined) {
      chunks.length = 0;
      share.giveBack();
    }
  }
  if (refusal !== undefined) throw refusal;
  return Buffer.concat(chunks);
}

function noRoom({ budget }: BudgetShare): HttpError {
  const message = `${budget.bytes} of ${budget.maxBytes} bytes of requests are under way`;
  return new HttpError(503, message);
}
