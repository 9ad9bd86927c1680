import type { Micros, TraceId } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { hasTags, RankedTraces, rankOf, Turn } from '@spoor/storage-api/search';
import type { RecordReader } from './record-reader.ts';
import type { Segment } from './segment.ts';
import {
  type HashedQuery,
  hashedQuery,
  type SegmentScan,
  segmentScan,
  visitCandidates,
} from './segment-scan.ts';

/**
 * The traces that match, in the query's order. Looks through segments, that with the highest ranked possible match first,
 * until the next one can change nothing in a full result. Batches are decoded only to compare tags by their text.
 */
export async function searchTraceIds(
  segments: readonly Segment[],
  query: TraceQuery,
  records: RecordReader,
): Promise<TraceId[]> {
  if (query.limit <= 0) return [];
  const hashed = hashedQuery(query);
  const found = new RankedTraces(query.limit);
  const turn = new Turn();
  const scans = segments
    .map((segment) => segmentScan(segment, hashed))
    .filter((scan) => scan !== undefined)
    .sort((a, b) => b.highestRank - a.highestRank);
  for (const scan of scans) {
    if (found.isSettledBelow(scan.highestRank)) break;
    if (query.tags.size === 0) addMatches(scan, hashed, found);
    else await addTagged(scan, hashed, found, records, turn);
    await turn.end();
  }
  return found.traceIds();
}

function addMatches(scan: SegmentScan, query: HashedQuery, found: RankedTraces): void {
  const { spans, traces } = scan.segment;
  visitCandidates(scan, query, (span) => {
    const trace = traces[spans.traceOf.values[span] ?? 0];
    if (trace) found.add(trace.traceId, spanRank(scan.segment, span, query));
  });
}

interface Candidate {
  readonly span: number;
  readonly record: number;
  readonly rank: Micros;
}

function spanRank({ spans }: Segment, span: number, { query }: HashedQuery): Micros {
  const startTime = spans.startTimes.values[span] ?? 0;
  return rankOf(query.order, startTime, spans.durations.values[span] ?? 0);
}

/** Equal hashes may be those of other tags, so the text decides. In the query's order, so that few are decoded. */
async function addTagged(
  scan: SegmentScan,
  hashed: HashedQuery,
  found: RankedTraces,
  records: RecordReader,
  turn: Turn,
): Promise<void> {
  const { segment } = scan;
  const candidates: Candidate[] = [];
  visitCandidates(scan, hashed, (span, record) => {
    candidates.push({ span, record, rank: spanRank(segment, span, hashed) });
  });
  candidates.sort((a, b) => b.rank - a.rank);
  for (const { span, record, rank } of candidates) {
    if (found.isSettledBelow(rank)) break;
    const decoded = records.spans(segment, record)[span - segment.firstSpan(record)];
    if (decoded && hasTags(decoded, hashed.query.tags)) found.add(decoded.traceId, rank);
    await turn.end();
  }
}
