import type { TraceId } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { NewestTraces } from '@spoor/storage-api/search';
import { limited } from './limited.ts';
import { type SearchParts, searchService } from './service-search.ts';

/** Services that are searched at once. */
const SERVICES = 8;

/** The ids of the traces that match in any of these services, newest match first. */
export async function searchTraceIds(
  parts: SearchParts,
  services: readonly string[],
  query: TraceQuery,
): Promise<TraceId[]> {
  if (query.limit <= 0 || query.startTimeMin > query.startTimeMax) return [];
  const newest = new NewestTraces(query.limit);
  const found = await limited(services, SERVICES, (name) => searchService(parts, name, query));
  // Put together in the services' order, so that of equals the same are taken every time.
  for (const traces of found) for (const [id, start] of traces) newest.add(id, start);
  return newest.traceIds();
}
