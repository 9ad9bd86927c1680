import type { TraceJson } from '@spoor/analysis';
import { parseTraceId } from '@spoor/model';
import { type QueryClient, QueryError } from '../api/query-client.ts';
import { type FoundTrace, foundTraces, sortTraces, withinLimit } from './found-trace.ts';
import { paramsOfQuery, type SearchQuery } from './search-query.ts';

/** The newest traces that match, newest first (or the longest, as `query.sort` says), at most `query.limit`. Without a service, those of all `services`. */
export async function findTraces(
  client: Pick<QueryClient, 'traces'>,
  query: SearchQuery,
  services: readonly string[],
  now: Date,
  signal?: AbortSignal,
): Promise<FoundTrace[]> {
  const params = paramsOfQuery(query, now);
  const traces =
    query.service === ''
      ? await tracesOfAll(client, params, signal)
      : await client.traces(params, signal);
  if (traces) return withinLimit(foundTraces(traces), query);
  const { findInEach } = await import('./find-in-each.ts');
  return findInEach(client, query, services, now, signal);
}

/** One search of all services; `undefined` if the server, or the store behind it, can only search one. */
export async function tracesOfAll(
  client: Pick<QueryClient, 'traces'>,
  params: URLSearchParams,
  signal?: AbortSignal,
): Promise<readonly TraceJson[] | undefined> {
  try {
    return await client.traces(new URLSearchParams([...params, ['allServices', 'true']]), signal);
  } catch (error) {
    if (error instanceof QueryError && wantsService(error)) return undefined;
    throw error;
  }
}

/** Jaeger's query service does not know the word for all services; ours does, but not every store behind it can. */
const wantsService = ({ code, message }: QueryError) =>
  code === 501 || (code === 400 && message.includes("'service' is required"));

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
