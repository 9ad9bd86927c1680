import type { QueryClient } from '../api/query-client.ts';
import { type FoundTrace, foundTraces, withinLimit } from './found-trace.ts';
import { paramsOfQuery, type SearchQuery } from './search-query.ts';

/** So many services are asked at a time. */
const AT_ONCE = 16;

/** What `findTraces` gives for all services, where they have to be asked one by one. Keeps no more than the limit meanwhile. */
export async function findInEach(
  client: Pick<QueryClient, 'traces'>,
  query: SearchQuery,
  services: readonly string[],
  now: Date,
  signal?: AbortSignal,
): Promise<FoundTrace[]> {
  let found: FoundTrace[] = [];
  for (let from = 0; from < services.length; from += AT_ONCE) {
    const answers = await Promise.all(
      services
        .slice(from, from + AT_ONCE)
        .map((service) => client.traces(paramsOfQuery({ ...query, service }, now), signal)),
    );
    const all = [...found, ...foundTraces(answers.flat())];
    found = withinLimit([...new Map(all.map((one) => [one.traceId, one])).values()], query);
  }
  return found;
}
