import { parseSpanId, parseTraceId, type SpanId, type TraceId, ZERO_SPAN_ID } from '@spoor/model';
import { percentDecode } from './percent.ts';

/** The header, or key of a text map, in which Jaeger's clients carry a span's identity. */
export const TRACE_CONTEXT_KEY = 'uber-trace-id';

/** What `uber-trace-id` says about a span. */
export interface TraceContext {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  /** `ZERO_SPAN_ID` for a root. */
  readonly parentId: SpanId;
  /** One byte: `FLAG_SAMPLED`, `FLAG_DEBUG`, and what other clients define. */
  readonly flags: number;
}

/**
 * `{trace-id}:{span-id}:{parent-span-id}:{flags}`, every field in hex. Ids are padded to 16 digits (a trace id with
 * high bits to 32) as jaeger-client-go does, flags are not.
 */
export function formatUberTraceId(context: TraceContext): string {
  return `${context.traceId}:${context.spanId}:${context.parentId}:${context.flags.toString(16)}`;
}

/** `parseTraceId` gives 16 digits to every id without high bits. */
const ZERO_TRACE_ID: TraceId = '0000000000000000';

const FLAGS = /^[0-9a-f]{1,2}$/i;

/** What `formatUberTraceId` and jaeger-client-go write of ids without high bits: the fields need no more looking at. */
const CANONICAL = /^([0-9a-f]{16}):([0-9a-f]{16}):([0-9a-f]{16}):([0-9a-f]{1,2})$/;

/**
 * Reads what any Jaeger client writes: ids padded or not, upper or lower case, the colons percent-encoded or not.
 * `undefined` if the text is malformed or names the zero trace or the zero span, which stand for "none".
 */
export function parseUberTraceId(text: string): TraceContext | undefined {
  const [, traceId = ZERO_TRACE_ID, spanId = ZERO_SPAN_ID, parentId = '', flags = ''] =
    CANONICAL.exec(text) ?? [];
  if (traceId !== ZERO_TRACE_ID && spanId !== ZERO_SPAN_ID) {
    return { traceId, spanId, parentId, flags: Number.parseInt(flags, 16) };
  }
  return parseLeniently(text);
}

function parseLeniently(text: string): TraceContext | undefined {
  const [trace, span, parent, flags, ...rest] = (percentDecode(text) ?? text).trim().split(':');
  if (trace === undefined || span === undefined || parent === undefined) return undefined;
  if (flags === undefined || rest.length > 0 || !FLAGS.test(flags)) return undefined;
  const traceId = parseTraceId(trace);
  const spanId = parseSpanId(span);
  const parentId = parseSpanId(parent);
  if (traceId === undefined || traceId === ZERO_TRACE_ID) return undefined;
  if (spanId === undefined || spanId === ZERO_SPAN_ID || parentId === undefined) return undefined;
  return { traceId, spanId, parentId, flags: Number.parseInt(flags, 16) };
}
