import { summary, type TraceJson, type TraceSummary, traceSpans } from '@spoor/analysis';
import type { SearchQuery } from './search-query.ts';

/** A line of the result list. */
export interface FoundTrace extends TraceSummary {
  readonly traceId: string;
}

/** Sums up what a search answered; a trace without spans is left out. */
export function foundTraces(traces: readonly TraceJson[]): FoundTrace[] {
  return traces
    .filter((trace) => trace.spans.length > 0)
    .map((trace) => ({ traceId: trace.traceID, ...summary(traceSpans(trace)) }));
}

export type SortOrder = 'newest' | 'longest' | 'spans' | 'errors';

const KEY: Readonly<Record<SortOrder, (trace: FoundTrace) => number>> = {
  newest: (trace) => trace.startTime,
  longest: (trace) => trace.duration,
  spans: (trace) => trace.spanCount,
  errors: (trace) => trace.errorCount,
};

/** Highest first; equals by age, the newest first. The server's own order is random. */
export function sortTraces(traces: readonly FoundTrace[], order: SortOrder): FoundTrace[] {
  const key = KEY[order];
  return traces.toSorted(
    (a, b) => key(b) - key(a) || b.startTime - a.startTime || (a.traceId < b.traceId ? -1 : 1),
  );
}

/** The first of them, in the order that the query asks for. */
export const withinLimit = (traces: readonly FoundTrace[], { sort, limit }: SearchQuery) =>
  sortTraces(traces, sort ? 'longest' : 'newest').slice(0, limit);
