import { type TraceId, traceIdFromBytes } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { hasTags, NewestTraces, Turn } from '@spoor/storage-api/search';
import type { OpenBucket } from './bucket-list.ts';
import { readServiceId, readServices } from './name-tables.ts';
import type { RecordReader } from './record-reader.ts';
import { rowsNewestFirst } from './service-row-scan.ts';
import { SpanMatcher } from './span-match.ts';
import type { Tables } from './tables.ts';

/**
 * The traces that match, newest match first. Goes through the service rows of each bucket from the newest start
 * backwards, decodes the records of rows that may hold a match, and leaves a bucket as soon as its next row is older
 * than everything in a full result. No trace is read for it.
 */
export async function searchTraceIds(
  buckets: readonly OpenBucket[],
  query: TraceQuery,
  records: RecordReader,
): Promise<TraceId[]> {
  const found = new NewestTraces(query.limit);
  if (query.limit <= 0) return [];
  const matcher = new SpanMatcher(query);
  const turn = new Turn();
  for (const { tables } of buckets.toReversed()) {
    const checked = new Set<number>();
    const services = serviceIds(tables, query.serviceName);
    for (const row of rowsNewestFirst(tables, services, query.startTimeMin, query.startTimeMax)) {
      if (found.isSettledBefore(row.newestStart)) break;
      if (matcher.mayMatchRow(row)) {
        for (const sequence of row.sequences) {
          if (checked.has(sequence)) continue;
          checked.add(sequence);
          addMatches(tables, sequence, matcher, query, records, found);
        }
      }
      await turn.end();
    }
  }
  return found.traceIds();
}

function serviceIds(tables: Tables, name: string | undefined): number[] {
  if (name === undefined) return [...readServices(tables).values()];
  const id = readServiceId(tables, name);
  return id === undefined ? [] : [id];
}

function addMatches(
  tables: Tables,
  sequence: number,
  matcher: SpanMatcher,
  { tags }: TraceQuery,
  records: RecordReader,
  found: NewestTraces,
): void {
  const record = records.indexed(tables, sequence);
  if (record === undefined) return;
  const { stored, index } = record;
  let places = matcher.candidates(stored, index);
  if (tags.size > 0 && places.length > 0) {
    const spans = records.spans(tables, sequence);
    places = places.filter((place) => {
      const span = spans[place];
      return span !== undefined && hasTags(span, tags);
    });
  }
  for (const place of places) {
    found.add(traceIdFromBytes(index.traceIds, 16 * place), index.startTimes[place] ?? 0);
  }
}
