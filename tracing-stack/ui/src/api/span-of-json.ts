import { signedDuration, type TraceSpan } from '@spoor/analysis';
import type { KeyValueJson, SpanJson, TraceJson } from './jaeger-json.ts';

/** The spans of a trace as `@spoor/analysis` reads them, in the same order. */
export function traceSpans(trace: TraceJson): TraceSpan[] {
  return trace.spans.map((span) => ({
    spanId: span.spanID,
    parentId: parentIdOf(span),
    startTime: micros(span.startTime),
    duration: signedDuration(micros(span.duration)),
    serviceName: trace.processes[span.processID]?.serviceName ?? '',
    operationName: span.operationName,
    hasError: hasError(span.tags),
  }));
}

/** A number of microseconds; 0 if the server wrote what is none. */
export function micros(value: number | string): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : 0;
}

/** The first CHILD_OF within the span's own trace, else its first reference to that trace. */
function parentIdOf(span: SpanJson): string | undefined {
  const own = (span.references ?? []).filter((reference) => reference.traceID === span.traceID);
  return (own.find((reference) => reference.refType === 'CHILD_OF') ?? own[0])?.spanID;
}

function hasError(tags: readonly KeyValueJson[] | null | undefined): boolean {
  return tags?.some(({ key, value }) => key === 'error' && String(value) === 'true') ?? false;
}
