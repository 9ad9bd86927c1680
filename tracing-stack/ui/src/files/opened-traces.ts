import { signal } from '@preact/signals';
import type { TraceJson } from '@spoor/analysis';
import { parseTraceId } from '@spoor/model';
import type { QueryClient } from '../api/query-client.ts';

/** Traces that were read from files, by their ids in canonical spelling: shown here until the page is loaded anew, and stored nowhere. */
export const openedTraces = signal<ReadonlyMap<string, TraceJson>>(new Map());

export const openedTrace = (traceId: string): TraceJson | undefined =>
  openedTraces.peek().get(parseTraceId(traceId) ?? traceId);

/** A client that gives what was read from a file before what the server has of the same id. */
export const withOpenedTraces = (client: QueryClient): QueryClient => ({
  ...client,
  trace: async (traceId, signal) => openedTrace(traceId) ?? client.trace(traceId, signal),
});
