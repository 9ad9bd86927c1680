import { type Micros, type Span, type SpanId, spanKind } from '@spoor/model';

/** What counting calls needs to know of a span. */
export interface CallSpan {
  readonly spanId: SpanId;
  /** Whom its references within its own trace name. */
  readonly parentIds: readonly SpanId[];
  readonly serviceName: string;
  /** The value of the tag `span.kind`, or `''`. */
  readonly spanKind: string;
  readonly startTime: Micros;
}

export function callSpan(span: Span): CallSpan {
  const { traceId, spanId, references, process, startTime } = span;
  return {
    spanId,
    parentIds: references.filter((to) => to.traceId === traceId).map((to) => to.spanId),
    serviceName: process.serviceName,
    spanKind: spanKind(span),
    startTime,
  };
}
