import type { Span } from '@spoor/model';
import { type Arrivals, StorageError } from '@spoor/storage-api';
import { Turn } from '@spoor/storage-api/search';
import { lastSequence } from './bucket.ts';
import type { OpenBucket } from './bucket-list.ts';
import type { RecordReader } from './record-reader.ts';
import { readSequence, sequenceKey } from './sequence-key.ts';

/**
 * What was written after `cursor`, the last sequence number that was given out. Sequence numbers grow from commit to
 * commit and from bucket to bucket, and a commit is seen only after all before it.
 */
export async function readArrivals(
  buckets: readonly OpenBucket[],
  cursor: string | undefined,
  limit: number,
  records: RecordReader,
): Promise<Arrivals> {
  let last = cursor === undefined ? 0 : sequenceIn(cursor);
  if (limit <= 0)
    return { spans: [], cursor: String(cursor === undefined ? newest(buckets) : last) };
  const spans: Span[] = [];
  const turn = new Turn();
  for (const { tables } of buckets) {
    for (const key of tables.records.getKeys({ start: sequenceKey(last + 1) })) {
      if (spans.length >= limit) return { spans, cursor: String(last) };
      last = readSequence(key, 0);
      spans.push(...records.spans(tables, last));
      await turn.end();
    }
  }
  return { spans, cursor: String(last) };
}

function newest(buckets: readonly OpenBucket[]): number {
  return Math.max(0, ...buckets.map(({ tables }) => lastSequence(tables) ?? 0));
}

function sequenceIn(cursor: string): number {
  const sequence = Number(cursor);
  if (/^\d+$/.test(cursor) && Number.isSafeInteger(sequence)) return sequence;
  throw new StorageError('corrupt', `[embedded] ${JSON.stringify(cursor)} is no arrival cursor`);
}
