import type { Micros, SpanId, TraceId } from '@spoor/model';

/** Zipkin's second data model, as it is once read, from JSON or proto. */
export interface V2Span {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly parentId: SpanId | undefined;
  readonly name: string;
  /** `CLIENT`, `SERVER`, `PRODUCER`, `CONSUMER`, or whatever was said. */
  readonly kind: string;
  /** Microseconds since 1970; 0 if it was not said. */
  readonly timestamp: Micros;
  readonly duration: Micros;
  readonly localEndpoint: V2Endpoint | undefined;
  readonly remoteEndpoint: V2Endpoint | undefined;
  readonly annotations: readonly V2Annotation[];
  readonly tags: ReadonlyMap<string, string>;
}

export interface V2Endpoint {
  readonly serviceName: string;
  /** As text; empty if it was not said. */
  readonly ipv4: string;
  readonly ipv6: string;
  /** 0 if it was not said. */
  readonly port: number;
}

export interface V2Annotation {
  readonly timestamp: Micros;
  readonly value: string;
}
