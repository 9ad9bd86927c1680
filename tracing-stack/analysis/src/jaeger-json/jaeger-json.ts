import type { ReferenceType } from '@spoor/model';

/**
 * What Jaeger's query API answers under /api, as its binaries write it. Lists may be `null`; an integer beyond 2^53
 * comes as a string; a negative duration comes as the unsigned integer of the same 64 bits.
 */

export interface EnvelopeJson<T> {
  readonly data: T | null;
  readonly errors?: readonly ErrorJson[] | null;
}

export interface ErrorJson {
  readonly code?: number;
  readonly msg: string;
  readonly traceID?: string;
}

export interface TraceJson {
  readonly traceID: string;
  readonly spans: readonly SpanJson[];
  readonly processes: Readonly<Record<string, ProcessJson>>;
  readonly warnings?: readonly string[] | null;
}

export interface SpanJson {
  readonly traceID: string;
  readonly spanID: string;
  /** Left out when 0. */
  readonly flags?: number;
  readonly operationName: string;
  readonly references?: readonly ReferenceJson[] | null;
  /** Microseconds since 1970. */
  readonly startTime: number | string;
  /** Microseconds. */
  readonly duration: number | string;
  readonly tags?: readonly KeyValueJson[] | null;
  readonly logs?: readonly LogJson[] | null;
  readonly processID: string;
  readonly warnings?: readonly string[] | null;
}

export interface ReferenceJson {
  readonly refType: ReferenceType;
  readonly traceID: string;
  readonly spanID: string;
}

export interface LogJson {
  /** Microseconds since 1970. */
  readonly timestamp: number | string;
  readonly fields?: readonly KeyValueJson[] | null;
}

export interface ProcessJson {
  readonly serviceName: string;
  readonly tags?: readonly KeyValueJson[] | null;
}

export interface KeyValueJson {
  readonly key: string;
  /** `string`, `bool`, `int64`, `float64` or `binary` (base64; `null` when empty). */
  readonly type?: string;
  readonly value: unknown;
}
