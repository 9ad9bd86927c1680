import { status } from '@grpc/grpc-js';
import { type Span, Tags } from 'opentracing';

/** How a call ended. No code is OK, as in grpc-js. */
export interface CallStatus {
  readonly code?: status | null | undefined;
  readonly details?: string | null | undefined;
}

/** Finishes the span of a call, and marks it if the call failed. */
export function finishWithStatus(span: Span, { code, details }: CallStatus): void {
  if (code) {
    span.setTag(Tags.ERROR, true);
    span.log({ event: 'error', message: `${code} ${status[code]}: ${details ?? ''}` });
  }
  span.finish();
}
