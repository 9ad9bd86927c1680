import type { SpanId, TraceId } from './ids.ts';
import type { KeyValue } from './key-values.ts';

/** Microseconds since 1970 (a point) or microseconds (a length). A `number` is exact until the year 2255. */
export type Micros = number;

/** What 64 bits hold of them, as near as a double comes to it. */
export const MAX_MICROS: Micros = 2 ** 63 - 1024;

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
  /** Whether it came over TChannel: then it is answered as the last Jaeger that spoke it did, 1.17 (docs/adr/0009). */
  readonly overTChannel?: true;
}

/** All spans of one trace that have arrived so far, in the order of their arrival. */
export interface Trace {
  readonly traceId: TraceId;
  readonly spans: readonly Span[];
  readonly warnings: readonly string[];
}

/**
 * Which reference names a span's parent: its first CHILD_OF within its own trace, else its first reference to that
 * trace. Gives the position, or -1. The one place that says so, for spans as they are kept and for spans as JSON.
 */
export function parentReferenceAt<R extends Pick<Reference, 'refType'>>(
  references: readonly R[],
  isWithinTrace: (reference: R) => boolean,
): number {
  const childOf = references.findIndex((r) => r.refType === 'CHILD_OF' && isWithinTrace(r));
  return childOf === -1 ? references.findIndex(isWithinTrace) : childOf;
}

/** The span's parent within its own trace. */
export function parentSpanId({ references, traceId }: Span): SpanId | undefined {
  const at = parentReferenceAt(references, (reference) => reference.traceId === traceId);
  return references[at]?.spanId;
}
