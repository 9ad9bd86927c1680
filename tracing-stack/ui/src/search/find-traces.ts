import type { TraceJson } from '@spoor/analysis';
import { parseTraceId } from '@spoor/model';
import type { QueryClient } from '../api/query-client.ts';
import { type FoundTrace, foundTraces, sortTraces } from './found-trace.ts';
import { paramsOfQuery, type SearchQuery } from './search-query.ts';

/** Up to so many services "All services" asks. Jaeger's API finds traces of one service only, so each costs a request. */
export const MOST_SERVICES_AT_ONCE = 16;

/** The newest traces that match, newest first (or the longest, as `query.sort` says), at most `query.limit`. Without a service, those of all `services`. */
export async function findTraces(
  client: Pick<QueryClient, 'traces'>,
  query: SearchQuery,
  services: readonly string[],
  now: Date,
  signal?: AbortSignal,
): Promise<FoundTrace[]> {
  const asked = query.service === '' ? services : [query.service];
  const answers = await Promise.all(
    asked.map((service) => client.traces(paramsOfQuery({ ...query, service }, now), signal)),
  );
  const byId = new Map<string, TraceJson>(answers.flat().map((trace) => [trace.traceID, trace]));
  return sortTraces(foundTraces([...byId.values()]), query.sort ? 'longest' : 'newest').slice(
    0,
    query.limit,
  );
}

/** The traces of these ids, newest first, and the ids of which there is none. Rejects if one is no id. */
export async function namedTraces(
  client: Pick<QueryClient, 'traces'>,
  traceIds: readonly string[],
  signal?: AbortSignal,
): Promise<{ traces: FoundTrace[]; missing: string[] }> {
  const asked = new URLSearchParams(traceIds.map((id) => ['traceID', id]));
  const traces = foundTraces(await client.traces(asked, signal));
  const found = new Set(traces.map(({ traceId }) => parseTraceId(traceId)));
  const missing = [...new Set(traceIds)].filter((id) => !found.has(parseTraceId(id)));
  return { traces: sortTraces(traces, 'newest'), missing };
}
