import { type TraceId, traceIdFromBytes } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { hasTags, RankedTraces, rankOf, Turn } from '@spoor/storage-api/search';
import type { OpenBucket } from './bucket-list.ts';
import { readServiceId, readServiceIds } from './name-tables.ts';
import type { RecordReader } from './record-reader.ts';
import type { ServiceRow } from './service-row.ts';
import { rowsNewestFirst } from './service-row-scan.ts';
import { SpanMatcher } from './span-match.ts';
import type { CallMemory } from './store-memory.ts';
import type { Tables } from './tables.ts';

/** About what a trace that was found takes in memory. */
const FOUND_BYTES = 200;
/** About what a service takes while its rows are read. */
const CURSOR_BYTES = 2000;
/** About what a row takes beside its filter and its records. */
const ROW_BYTES = 300;
/** So many records that were looked at are remembered, so as not to be looked at again. */
const CHECKED = 100_000;

/**
 * The traces that match, in the query's order. Goes through the service rows of each bucket in that order, decodes the
 * records of rows that may hold a match, and leaves a bucket as soon as no span of its next row can come before the last
 * trace of a full result. No trace is read for it.
 */
export async function searchTraceIds(
  buckets: readonly OpenBucket[],
  query: TraceQuery,
  records: RecordReader,
): Promise<TraceId[]> {
  const found = new RankedTraces(query.limit);
  if (query.limit <= 0) return [];
  const matcher = new SpanMatcher(query);
  const turn = new Turn();
  let counted = 0;
  for (const { tables } of buckets.toReversed()) {
    const checked = new Set<number>();
    for (const row of rowsInOrder(tables, query, matcher, records.memory)) {
      if (found.isSettledBelow(rankOf(query.order, row.newestStart, row.longest))) break;
      if (matcher.mayMatchRow(row)) {
        for (const sequence of row.sequences) {
          if (checked.has(sequence)) continue;
          if (checked.size >= CHECKED) checked.clear();
          checked.add(sequence);
          addMatches(tables, sequence, matcher, query, records, found);
        }
        if (found.size > counted) records.memory.hold(FOUND_BYTES * (found.size - counted));
        counted = Math.max(counted, found.size);
      }
      await turn.end();
    }
  }
  return found.traceIds();
}

/** Rows are kept by start. There are few for an hour, so that by their longest span they are sorted in memory. */
function* rowsInOrder(
  tables: Tables,
  { serviceName, startTimeMin, startTimeMax, order }: TraceQuery,
  matcher: SpanMatcher,
  memory: CallMemory,
): Generator<ServiceRow> {
  let held = 0;
  const hold = (bytes: number) => {
    memory.hold(bytes);
    held += bytes;
  };
  try {
    const services = serviceIds(tables, serviceName);
    hold(CURSOR_BYTES * services.length);
    const rows = rowsNewestFirst(tables, services, startTimeMin, startTimeMax);
    if (order !== 'longest-first') return yield* rows;
    const candidates: ServiceRow[] = [];
    for (const row of rows) {
      if (!matcher.mayMatchRow(row)) continue;
      hold(ROW_BYTES + row.filter.length + 16 * row.sequences.length);
      candidates.push(row);
    }
    yield* candidates.sort((a, b) => b.longest - a.longest);
  } finally {
    memory.giveBack(held);
  }
}

function serviceIds(tables: Tables, name: string | undefined): number[] {
  if (name === undefined) return readServiceIds(tables);
  const id = readServiceId(tables, name);
  return id === undefined ? [] : [id];
}

function addMatches(
  tables: Tables,
  sequence: number,
  matcher: SpanMatcher,
  { tags, order }: TraceQuery,
  records: RecordReader,
  found: RankedTraces,
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
    const rank = rankOf(order, index.startTimes[place] ?? 0, index.durations[place] ?? 0);
    found.add(traceIdFromBytes(index.traceIds, 16 * place), rank);
  }
}
