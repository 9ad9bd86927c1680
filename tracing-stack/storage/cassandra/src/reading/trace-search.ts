import type { TraceId } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { RankedTraces } from '@spoor/storage-api/search';
import { limited } from './limited.ts';
import { type SearchParts, searchService } from './service-search.ts';

/** Services that are searched at once. */
const SERVICES = 8;

/** The ids of the traces that match in any of these services, in the query's order. */
export async function searchTraceIds(
  parts: SearchParts,
  services: readonly string[],
  query: TraceQuery,
): Promise<TraceId[]> {
  if (query.limit <= 0 || query.startTimeMin > query.startTimeMax) return [];
  const ranked = new RankedTraces(query.limit);
  const found = await limited(services, SERVICES, (name) => searchService(parts, name, query));
  // Put together in the services' order, so that of equals the same are taken every time.
  for (const traces of found) for (const [id, rank] of traces) ranked.add(id, rank);
  return ranked.traceIds();
}
