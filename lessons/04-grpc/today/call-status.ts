import { status } from '@grpc/grpc-js';
import { type Span, SpanStatusCode } from '@opentelemetry/api';

/** Ends the span of a call, and marks it if the call failed. */
export function endWithStatus(
  span: Span,
  { code, details }: { code?: status | null | undefined; details?: string | null | undefined },
): void {
  if (code) {
    const message = `${code} ${status[code]}: ${details ?? ''}`;
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    span.recordException(message);
  }
  span.end();
}
