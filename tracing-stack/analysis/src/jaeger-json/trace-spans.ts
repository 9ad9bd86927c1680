import { parentReferenceAt } from '@spoor/model';
import { signedDuration, type TraceSpan } from '../tree/trace-span.ts';
import type { KeyValueJson, ReferenceJson, SpanJson, TraceJson } from './jaeger-json.ts';

/** The spans of a trace as the tree functions read them, in the same order. */
export function traceSpans(trace: TraceJson): TraceSpan[] {
  return trace.spans.map((span) => traceSpan(span, trace));
}

export function traceSpan(span: SpanJson, { processes }: TraceJson): TraceSpan {
  return {
    spanId: span.spanID,
    parentId: parentReference(span)?.spanID,
    startTime: micros(span.startTime),
    duration: signedDuration(micros(span.duration)),
    serviceName: processes[span.processID]?.serviceName ?? '',
    operationName: span.operationName,
    hasError: hasError(span.tags),
  };
}

/** The reference that makes the span's parent. */
export function parentReference({ references, traceID }: SpanJson): ReferenceJson | undefined {
  const all = references ?? [];
  return all[parentReferenceAt(all, (reference) => reference.traceID === traceID)];
}

/** A number of microseconds; 0 if the server wrote what is none. */
export function micros(value: number | string): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : 0;
}

function hasError(tags: readonly KeyValueJson[] | null | undefined): boolean {
  return tags?.some(({ key, value }) => key === 'error' && String(value) === 'true') ?? false;
}
