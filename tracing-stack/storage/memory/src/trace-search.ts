import type { Micros, TraceId } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { hasTags, NewestTraces, Turn } from '@spoor/storage-api/search';
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
 * The traces that match, newest match first. Looks through segments, that with the newest possible match first, until
 * the next one is older than everything in a full result. Batches are decoded only to compare tags by their text.
 */
export async function searchTraceIds(
  segments: readonly Segment[],
  query: TraceQuery,
  records: RecordReader,
): Promise<TraceId[]> {
  if (query.limit <= 0) return [];
  const hashed = hashedQuery(query);
  const found = new NewestTraces(query.limit);
  const turn = new Turn();
  const scans = segments
    .map((segment) => segmentScan(segment, hashed))
    .filter((scan) => scan !== undefined)
    .sort((a, b) => b.newestStart - a.newestStart);
  for (const scan of scans) {
    if (found.isSettledBefore(scan.newestStart)) break;
    if (query.tags.size === 0) addMatches(scan, hashed, found);
    else await addTagged(scan, hashed, found, records, turn);
    await turn.end();
  }
  return found.traceIds();
}

function addMatches(scan: SegmentScan, query: HashedQuery, found: NewestTraces): void {
  const { spans, traces } = scan.segment;
  visitCandidates(scan, query, (span) => {
    const trace = traces[spans.traceOf.values[span] ?? 0];
    if (trace) found.add(trace.traceId, spans.startTimes.values[span] ?? 0);
  });
}

interface Candidate {
  readonly span: number;
  readonly record: number;
  readonly startTime: Micros;
}

/** Equal hashes may be those of other tags, so the text decides. Newest first, so that few are decoded. */
async function addTagged(
  scan: SegmentScan,
  hashed: HashedQuery,
  found: NewestTraces,
  records: RecordReader,
  turn: Turn,
): Promise<void> {
  const { segment } = scan;
  const candidates: Candidate[] = [];
  visitCandidates(scan, hashed, (span, record) => {
    candidates.push({ span, record, startTime: segment.spans.startTimes.values[span] ?? 0 });
  });
  candidates.sort((a, b) => b.startTime - a.startTime);
  for (const { span, record, startTime } of candidates) {
    if (found.isSettledBefore(startTime)) break;
    const decoded = records.spans(segment, record)[span - segment.firstSpan(record)];
    if (decoded && hasTags(decoded, hashed.query.tags)) found.add(decoded.traceId, startTime);
    await turn.end();
  }
}
