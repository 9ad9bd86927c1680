import type { Micros } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { rankOf } from '@spoor/storage-api/search';
import { tagTextHash } from '@spoor/wire';
import type { RecordHeader } from './record-log.ts';
import type { Segment } from './segment.ts';

/** A query, with the hashes that a span must have for its tags. */
export interface HashedQuery {
  readonly query: TraceQuery;
  readonly tagHashes: readonly number[];
}

export function hashedQuery(query: TraceQuery): HashedQuery {
  return { query, tagHashes: [...query.tags].map(([key, value]) => tagTextHash(key, value)) };
}

/** A segment that may hold matches, all of them in these operations. */
export interface SegmentScan {
  readonly segment: Segment;
  /** By the operation's id. */
  readonly wanted: readonly boolean[];
  /** No match ranks higher in the query's order. */
  readonly highestRank: Micros;
}

/** What to look at in a segment; `undefined` if no span of it can match. */
export function segmentScan(segment: Segment, { query }: HashedQuery): SegmentScan | undefined {
  let highestRank = Number.NEGATIVE_INFINITY;
  const wanted = segment.operations.all.map((operation) => {
    const mayMatch = operation.mayMatch(query);
    if (mayMatch) {
      const rank = rankOf(query.order, operation.newestStart, operation.longest);
      highestRank = Math.max(highestRank, rank);
    }
    return mayMatch;
  });
  return highestRank === Number.NEGATIVE_INFINITY ? undefined : { segment, wanted, highestRank };
}

/** Calls `visit` with each span of kept traces that matches, as far as the columns tell: all but the text of tags. */
export function visitCandidates(
  { segment, wanted }: SegmentScan,
  { query, tagHashes }: HashedQuery,
  visit: (span: number, record: number) => void,
): void {
  const { spans, traces, records } = segment;
  const { startTimeMin, startTimeMax, durationMin = -Infinity, durationMax = Infinity } = query;
  const startTimes = spans.startTimes.values;
  const durations = spans.durations.values;
  const operationOf = spans.operationOf.values;
  const traceOf = spans.traceOf.values;
  let header: RecordHeader | undefined;
  let hashes: readonly number[] = [];
  let span = 0;
  for (let record = 0; record < records.count; record++) {
    if (header !== records.headers[record]) {
      header = records.headers[record];
      hashes = tagHashes.filter((hash) => !header?.tagHashes.includes(hash));
    }
    for (const end = segment.spanEnds[record] ?? 0; span < end; span++) {
      if (!wanted[operationOf[span] ?? 0]) continue;
      const startTime = startTimes[span] ?? 0;
      if (startTime < startTimeMin || startTime > startTimeMax) continue;
      const duration = durations[span] ?? 0;
      if (duration < durationMin || duration > durationMax) continue;
      if (!spans.hasTags(span, hashes)) continue;
      // Last, because it lies elsewhere in memory.
      if (traces[traceOf[span] ?? 0]?.isKept) visit(span, record);
    }
  }
}
