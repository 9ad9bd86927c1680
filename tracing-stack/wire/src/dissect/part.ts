import type { SpanId, TraceId } from '@spoor/model';

/** What of a span's identity a part holds: what its tracer injected into the calls that it made. */
export type Role = 'traceId' | 'spanId' | 'parentId' | 'flags';

/** One thing that a message says, and the bytes that say it. */
export interface Part {
  /** How many other parts it lies in. */
  readonly depth: number;
  /** Bytes `start` up to `end`: the value with what leads to it, such as its type and id. */
  readonly start: number;
  readonly end: number;
  /** Where the value itself begins, if something leads to it. */
  readonly valueStart?: number;
  /** As the format's own description calls it; `[0]` for what stands in a list. */
  readonly name: string;
  /** Id (Thrift) or number (protobuf) of a field. */
  readonly id?: number;
  /** As the format calls it: `i64`, `len`, `struct`. */
  readonly type: string;
  /** In words that can be read; what holds other parts has none. */
  readonly value?: string;
  readonly role?: Role;
}

/** A span that a message carries. */
export interface DissectedSpan {
  /** Its place among the parts. The parts behind it that lie deeper are its own. */
  readonly part: number;
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  /** Zeros if the span says nothing of a parent. */
  readonly parentId: SpanId;
  /** `undefined` if the format or the span says nothing of them. */
  readonly flags: number | undefined;
}

/** What the bytes of a message mean. */
export interface Dissection {
  /** As they are shown: those that came, behind those that were rebuilt. */
  readonly bytes: Uint8Array;
  /** How many of the first bytes did not come with the others: a library had taken them off, and they were made again. */
  readonly rebuilt: number;
  /** In the order of their bytes, each before those that lie in it. */
  readonly parts: readonly Part[];
  /** Those whose parts are told: of the trace that was asked for. */
  readonly spans: readonly DissectedSpan[];
}
