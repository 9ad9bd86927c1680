import type { SpanId, TraceId } from '@spoor/model';

// The messages of protos/otlp.proto as they are once read, from proto or JSON. What Jaeger does not keep (schema
// URLs, flags, counts of what was dropped, attributes of a scope) is not read.

/** An `AnyValue`: an int is a `bigint`, a double a `number`, a list of key-values a map, and nothing `undefined`. */
export type AnyValue =
  | undefined
  | string
  | boolean
  | bigint
  | number
  | Uint8Array
  | readonly AnyValue[]
  | ReadonlyMap<string, AnyValue>;

/** Keys may come twice. */
export interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

export interface OtlpResourceSpans {
  readonly attributes: readonly Attribute[];
  readonly scopes: readonly OtlpScopeSpans[];
}

export interface OtlpScopeSpans {
  readonly name: string;
  readonly version: string;
  readonly spans: readonly OtlpSpan[];
}

export interface OtlpSpan {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly parentSpanId: SpanId;
  readonly traceState: string;
  readonly name: string;
  /** One of `SpanKind`, or a number that came later. */
  readonly kind: number;
  /** Nanoseconds since 1970. */
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly attributes: readonly Attribute[];
  readonly events: readonly OtlpEvent[];
  readonly links: readonly OtlpLink[];
  /** One of `StatusCode`. */
  readonly statusCode: number;
  readonly statusMessage: string;
}

export interface OtlpEvent {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export interface OtlpLink {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly attributes: readonly Attribute[];
}

export const SpanKind = {
  UNSPECIFIED: 0,
  INTERNAL: 1,
  SERVER: 2,
  CLIENT: 3,
  PRODUCER: 4,
  CONSUMER: 5,
} as const;

export const StatusCode = { UNSET: 0, OK: 1, ERROR: 2 } as const;
