import type { ArrivalSource, ArrivedRecord } from '@spoor/storage-api/search';
import { lastSequence } from './bucket.ts';
import type { OpenBucket } from './bucket-list.ts';
import { spansBytes } from './memory-size.ts';
import type { RecordReader } from './record-reader.ts';
import { readSequence, sequenceKey } from './sequence-key.ts';

/**
 * Everything that is left, as it arrived. Sequence numbers grow from commit to commit and from bucket to bucket, and a
 * commit is seen only after all before it.
 */
export function arrivalsOf(buckets: readonly OpenBucket[], records: RecordReader): ArrivalSource {
  return {
    store: 'embedded',
    newest: () => Math.max(0, ...buckets.map(({ tables }) => lastSequence(tables) ?? 0)),
    *after(last): Generator<ArrivedRecord> {
      for (const { tables } of buckets) {
        for (const key of tables.records.getKeys({ start: sequenceKey(last + 1) })) {
          const sequence = readSequence(key, 0);
          const spans = records.spans(tables, sequence);
          records.memory.hold(spansBytes(spans));
          yield { sequence, spans };
        }
      }
    },
  };
}
