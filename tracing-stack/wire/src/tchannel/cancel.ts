import { encodeFrame, type Frame, FrameType } from './frame.ts';
import { PayloadReader } from './payload-reader.ts';
import { PayloadWriter } from './payload-writer.ts';
import { type FrameTracing, readTracing, writeTracing } from './tracing.ts';

/** Says that nobody waits for the answer to the call of this id any more. */
export interface Cancel {
  /** Milliseconds, as that of the call. */
  readonly ttl: number;
  readonly tracing: FrameTracing;
  readonly why: string;
}

/** ttl:4 tracing:25 why~2 */
export function decodeCancel({ payload }: Frame): Cancel {
  const reader = new PayloadReader(payload);
  const cancel = {
    ttl: reader.uint32(),
    tracing: readTracing(reader),
    why: reader.text16(),
  };
  reader.end();
  return cancel;
}

export function encodeCancel(id: number, { ttl, tracing, why }: Cancel): Buffer {
  const writer = new PayloadWriter().uint32(ttl);
  writeTracing(writer, tracing);
  return encodeFrame(FrameType.cancel, id, writer.text16(why).bytes());
}
