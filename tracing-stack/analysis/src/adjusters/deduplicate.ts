import type { KeyValue, Span, Trace } from '@spoor/model';
import type { Adjuster } from './adjuster.ts';
import { sorted } from './sort-tags.ts';

/**
 * Keeps the first of spans that are equal in all but their warnings and the order of their tags and fields: a client or an agent
 * sent a batch again. It runs before all other adjusters. Jaeger 1.62 runs it after the clock skew adjuster, whose
 * warning makes the second of two equal spans differ from the first, so that both stay.
 */
export const deduplicate: Adjuster = (trace) => {
  const repeated = repeatedIds(trace);
  if (repeated.size === 0) return trace;
  const seen = new Set<string>();
  const spans = trace.spans.filter((span) => {
    if (!repeated.has(span.spanId)) return true;
    const content = contentKey(span);
    if (seen.has(content)) return false;
    seen.add(content);
    return true;
  });
  return spans.length === trace.spans.length ? trace : { ...trace, spans };
};

/** Content is compared only where ids are equal, so that a trace without repetitions costs one look at each id. */
function repeatedIds(trace: Trace): Set<string> {
  const once = new Set<string>();
  const repeated = new Set<string>();
  for (const { spanId } of trace.spans) {
    if (once.has(spanId)) repeated.add(spanId);
    once.add(spanId);
  }
  return repeated;
}

function contentKey(span: Span): string {
  return JSON.stringify([
    [span.traceId, span.spanId, span.operationName, span.flags, span.startTime, span.duration],
    span.references.map((reference) => [reference.refType, reference.traceId, reference.spanId]),
    values(span.tags),
    span.logs.map((log) => [log.timestamp, values(log.fields)]),
    span.process.serviceName,
    values(span.process.tags),
  ]);
}

function values(keyValues: readonly KeyValue[]): string[][] {
  return sorted(keyValues).map((kv) => [kv.key, kv.type, String(kv.value)]);
}
