import type { Span } from '@spoor/model';
import { type Arrivals, StorageError } from '@spoor/storage-api';
import { Turn } from '@spoor/storage-api/search';
import type { RecordReader } from './record-reader.ts';
import type { Segment } from './segment.ts';
import type { SegmentList } from './segment-list.ts';

/** What was written after `cursor`, the last sequence number that was given out, as far as it is still kept. */
export async function readArrivals(
  { all, newest }: SegmentList,
  cursor: string | undefined,
  limit: number,
  records: RecordReader,
): Promise<Arrivals> {
  let last = cursor === undefined ? 0 : sequenceIn(cursor);
  if (limit <= 0) {
    return { spans: [], cursor: String(cursor === undefined ? newest.nextSequence - 1 : last) };
  }
  const spans: Span[] = [];
  const turn = new Turn();
  for (const segment of all) {
    const next = Math.max(last + 1, segment.firstSequence);
    for (let sequence = next; sequence < segment.nextSequence; sequence++) {
      if (spans.length >= limit) return { spans, cursor: String(last) };
      last = sequence;
      spans.push(...keptSpans(segment, sequence - segment.firstSequence, records));
      await turn.end();
    }
  }
  return { spans, cursor: String(last) };
}

function keptSpans(segment: Segment, record: number, records: RecordReader): Span[] {
  const first = segment.firstSpan(record);
  const traceOf = segment.spans.traceOf.values;
  return records
    .spans(segment, record)
    .filter((_, place) => segment.traces[traceOf[first + place] ?? 0]?.isKept);
}

function sequenceIn(cursor: string): number {
  const sequence = Number(cursor);
  if (/^\d+$/.test(cursor) && Number.isSafeInteger(sequence)) return sequence;
  throw new StorageError('corrupt', `[memory] ${JSON.stringify(cursor)} is no arrival cursor`);
}
