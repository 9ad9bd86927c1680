import type { SpanId, TraceId } from './ids.ts';
import type { KeyValue } from './key-values.ts';

/** Microseconds since 1970 (a point) or microseconds (a length). A `number` is exact until the year 2255. */
export type Micros = number;

export type ReferenceType = 'CHILD_OF' | 'FOLLOWS_FROM';

/** Why a span follows another. Jaeger's parentSpanID is a CHILD_OF that stands first. */
export interface Reference {
  readonly refType: ReferenceType;
  readonly traceId: TraceId;
  readonly spanId: SpanId;
}

export interface Log {
  readonly timestamp: Micros;
  readonly fields: readonly KeyValue[];
}

/** Who reported a span. */
export interface Process {
  readonly serviceName: string;
  readonly tags: readonly KeyValue[];
}

/** Bits of `Span.flags`. */
export const FLAG_SAMPLED = 1;
export const FLAG_DEBUG = 2;

/** One timed operation, as Jaeger's model has it. `duration` may be negative when a client's clock ran backwards. */
export interface Span {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly operationName: string;
  readonly references: readonly Reference[];
  readonly flags: number;
  readonly startTime: Micros;
  readonly duration: Micros;
  readonly tags: readonly KeyValue[];
  readonly logs: readonly Log[];
  readonly process: Process;
  readonly warnings: readonly string[];
}

/** All spans of one trace that have arrived so far, in the order of their arrival. */
export interface Trace {
  readonly traceId: TraceId;
  readonly spans: readonly Span[];
  readonly warnings: readonly string[];
}

/** The span's parent within its own trace: its first CHILD_OF, else its first reference to that trace. */
export function parentSpanId(span: Span): SpanId | undefined {
  const own = span.references.filter((reference) => reference.traceId === span.traceId);
  return (own.find((reference) => reference.refType === 'CHILD_OF') ?? own[0])?.spanId;
}
