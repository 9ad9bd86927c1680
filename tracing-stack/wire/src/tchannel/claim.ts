import { encodeFrame, type Frame, FrameType } from './frame.ts';
import { PayloadReader } from './payload-reader.ts';
import { PayloadWriter } from './payload-writer.ts';
import { type FrameTracing, readTracing, writeTracing } from './tracing.ts';

/** Says that another peer does the work of a call that was sent to two. */
export interface Claim {
  /** Milliseconds, as that of the call. */
  readonly ttl: number;
  /** By which the call is known: its id is of another connection. */
  readonly tracing: FrameTracing;
}

/** ttl:4 tracing:25 */
export function decodeClaim({ payload }: Frame): Claim {
  const reader = new PayloadReader(payload);
  const claim = { ttl: reader.uint32(), tracing: readTracing(reader) };
  reader.end();
  return claim;
}

export function encodeClaim(id: number, { ttl, tracing }: Claim): Buffer {
  const writer = new PayloadWriter().uint32(ttl);
  writeTracing(writer, tracing);
  return encodeFrame(FrameType.claim, id, writer.bytes());
}
