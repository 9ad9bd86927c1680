import { type SpanId, ZERO_SPAN_ID } from '@spoor/model';
import type { PayloadReader } from './payload-reader.ts';
import type { PayloadWriter } from './payload-writer.ts';

/** What a frame says of the span that it belongs to: the seed of what a tracer's `inject` writes elsewhere. */
export interface FrameTracing {
  readonly spanId: SpanId;
  readonly parentId: SpanId;
  /** 64 bits: TChannel knows no longer ones. */
  readonly traceId: SpanId;
  /** Bit 0: sampled. */
  readonly flags: number;
}

/** Of a frame that belongs to no span, as the agents' calls do not. */
export const NO_TRACING: FrameTracing = {
  spanId: ZERO_SPAN_ID,
  parentId: ZERO_SPAN_ID,
  traceId: ZERO_SPAN_ID,
  flags: 0,
};

/** spanid:8 parentid:8 traceid:8 traceflags:1 */
export function readTracing(reader: PayloadReader): FrameTracing {
  const id = () => reader.raw(8).toString('hex');
  return { spanId: id(), parentId: id(), traceId: id(), flags: reader.uint8() };
}

export function writeTracing(writer: PayloadWriter, tracing: FrameTracing): void {
  for (const id of [tracing.spanId, tracing.parentId, tracing.traceId]) {
    writer.raw(Buffer.from(id, 'hex'));
  }
  writer.uint8(tracing.flags);
}
