import {
  FLAG_DEBUG,
  FLAG_SAMPLED,
  parseSpanId,
  parseTraceId,
  type SpanId,
  type TraceId,
  ZERO_SPAN_ID,
} from '@spoor/model';
import type { TraceContext } from './uber-trace-id.ts';

// Zipkin's propagation, https://github.com/openzipkin/b3-propagation: five headers, or all of them in one.

export const B3_TRACE_ID_KEY = 'x-b3-traceid';
export const B3_SPAN_ID_KEY = 'x-b3-spanid';
export const B3_PARENT_ID_KEY = 'x-b3-parentspanid';
/** `1` or `0`; older senders write `true` or `false`. Absent: whoever receives the call decides. */
export const B3_SAMPLED_KEY = 'x-b3-sampled';
/** `1`: debug. */
export const B3_FLAGS_KEY = 'x-b3-flags';
/** `{trace-id}-{span-id}-{sampling}-{parent-span-id}`, the last two optional; or the sampling alone: `1`, `0`, `d`. */
export const B3_SINGLE_KEY = 'b3';
/** Of baggage, as jaeger-client-go's zipkin propagator has it; B3 itself knows no baggage. */
export const B3_BAGGAGE_PREFIX = 'baggage-';

/** What B3 says: who the caller is, what was decided, or both. */
export interface B3Context {
  readonly ids: { traceId: TraceId; spanId: SpanId; parentId: SpanId } | undefined;
  /** Jaeger's flags; `undefined` if nothing was decided. */
  readonly flags: number | undefined;
}

const DEBUG = FLAG_DEBUG | FLAG_SAMPLED;
const FLAGS_OF: ReadonlyMap<string, number> = new Map([
  ['0', 0],
  ['1', FLAG_SAMPLED],
  ['d', DEBUG],
]);
const FLAGS_OF_SAMPLED: ReadonlyMap<string, number> = new Map([
  ['0', 0],
  ['false', 0],
  ['1', FLAG_SAMPLED],
  ['true', FLAG_SAMPLED],
]);

/** What is written: `flags` are `undefined` while the decision is left to whoever receives the call. */
export type B3Identity = Omit<TraceContext, 'flags'> & Pick<B3Context, 'flags'>;

/** The headers as `[key, value]`. A debug trace has both of the headers that say so: jaeger-client-go reads but `sampled`. */
export function formatB3({ traceId, spanId, parentId, flags }: B3Identity): [string, string][] {
  const entries: [string, string][] = [
    [B3_TRACE_ID_KEY, traceId],
    [B3_SPAN_ID_KEY, spanId],
  ];
  if (flags !== undefined) entries.push([B3_SAMPLED_KEY, flags & FLAG_SAMPLED ? '1' : '0']);
  if (parentId !== ZERO_SPAN_ID) entries.push([B3_PARENT_ID_KEY, parentId]);
  if (flags !== undefined && flags & FLAG_DEBUG) entries.push([B3_FLAGS_KEY, '1']);
  return entries;
}

/** The value of the single header. It has no place for a parent without a decision. */
export function formatB3Single({ traceId, spanId, parentId, flags }: B3Identity): string {
  if (flags === undefined) return `${traceId}-${spanId}`;
  const sampling = flags & FLAG_DEBUG ? 'd' : flags & FLAG_SAMPLED ? '1' : '0';
  const identity = `${traceId}-${spanId}-${sampling}`;
  return parentId === ZERO_SPAN_ID ? identity : `${identity}-${parentId}`;
}

/** Reads the values of the five headers, by their keys. `undefined` if they are malformed. */
export function parseB3(values: ReadonlyMap<string, string>): B3Context | undefined {
  const sampled = values.get(B3_SAMPLED_KEY);
  const decided = FLAGS_OF_SAMPLED.get(sampled?.toLowerCase() ?? '');
  if (sampled !== undefined && decided === undefined) return undefined;
  const flags = values.get(B3_FLAGS_KEY) === '1' ? DEBUG : decided;
  const trace = values.get(B3_TRACE_ID_KEY);
  const span = values.get(B3_SPAN_ID_KEY);
  if (trace === undefined && span === undefined) return { ids: undefined, flags };
  return withIds(trace, span, values.get(B3_PARENT_ID_KEY), flags);
}

/** Reads the single header. `undefined` if it is malformed. */
export function parseB3Single(text: string): B3Context | undefined {
  const [trace = '', span, sampling, parent, ...rest] = text.trim().split('-');
  if (rest.length > 0) return undefined;
  if (span === undefined) {
    return FLAGS_OF.has(trace) ? { ids: undefined, flags: FLAGS_OF.get(trace) } : undefined;
  }
  if (sampling !== undefined && !FLAGS_OF.has(sampling)) return undefined;
  return withIds(trace, span, parent, FLAGS_OF.get(sampling ?? ''));
}

function withIds(
  trace: string | undefined,
  span: string | undefined,
  parent: string | undefined,
  flags: number | undefined,
): B3Context | undefined {
  const traceId = parseTraceId(trace ?? '');
  const spanId = parseSpanId(span ?? '');
  const parentId = parent === undefined ? ZERO_SPAN_ID : parseSpanId(parent);
  if (!traceId || !spanId || !parentId) return undefined;
  if (traceId === ZERO_SPAN_ID || spanId === ZERO_SPAN_ID) return undefined;
  return { ids: { traceId, spanId, parentId }, flags };
}
