import type { Span } from '@spoor/model';
import type { ArrivalSource, ArrivedRecord } from '@spoor/storage-api/search';
import type { RecordReader } from './record-reader.ts';
import type { Segment } from './segment.ts';
import type { SegmentList } from './segment-list.ts';

/** Everything that is still kept, as it arrived. */
export function arrivalsOf({ all, newest }: SegmentList, records: RecordReader): ArrivalSource {
  return {
    store: 'memory',
    newest: () => newest.nextSequence - 1,
    *after(last): Generator<ArrivedRecord> {
      for (const segment of all) {
        const next = Math.max(last + 1, segment.firstSequence);
        for (let sequence = next; sequence < segment.nextSequence; sequence++) {
          yield { sequence, spans: keptSpans(segment, sequence - segment.firstSequence, records) };
        }
      }
    },
  };
}

function keptSpans(segment: Segment, record: number, records: RecordReader): Span[] {
  const first = segment.firstSpan(record);
  const traceOf = segment.spans.traceOf.values;
  return records
    .spans(segment, record)
    .filter((_, place) => segment.traces[traceOf[first + place] ?? 0]?.isKept);
}
