import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header by which a server tells in which trace it answered: the W3C's trace context, for answers. */
export const TRACE_RESPONSE = 'traceresponse';

const TRACE_PARENT =
  /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/**
 * `00-<trace id>-<span id>-00`: the trace of the request if its `traceparent` names one, else a new one. Jaeger's query
 * traces itself; this one does not, and says so by the last digit: not sampled.
 */
export function traceResponse(
  headers: IncomingHttpHeaders,
  randomHex: (bytes: number) => string = (bytes) => randomBytes(bytes).toString('hex'),
): string {
  const { traceparent } = headers;
  const [, traceId] = TRACE_PARENT.exec(typeof traceparent === 'string' ? traceparent : '') ?? [];
  return `00-${traceId ?? randomHex(16)}-${randomHex(8)}-00`;
}
