import type { Micros } from '@spoor/model';
import { arrivalSpan, type Bucket } from './bucket.ts';
import type { BucketList } from './bucket-list.ts';
import { firstSequenceOf } from './bucket-name.ts';

export interface RetentionLimits {
  /** A bucket whose newest arrival is older than this is dropped. */
  readonly timeToLive: Micros;
  /** While all buckets take more than this, the oldest is dropped. The newest stays. */
  readonly maxBytes: number;
}

/** The buckets to be dropped at `now`, oldest first. */
export function outlivedBuckets(
  { all, newest }: BucketList,
  { timeToLive, maxBytes }: RetentionLimits,
  now: Micros,
): Bucket[] {
  let bytes = all.reduce((sum, bucket) => sum + bucket.size(), 0);
  return all.filter((bucket) => {
    const tooMuch = bytes > maxBytes && bucket !== newest;
    if (!tooMuch && newestArrival(bucket) + timeToLive >= now) return false;
    bytes -= bucket.size();
    return true;
  });
}

/** What cannot be read expires by the bucket's name. */
function newestArrival(bucket: Bucket): Micros {
  const begun = firstSequenceOf(bucket.name) ?? 0;
  try {
    const tables = bucket.retain();
    if (tables === undefined) return begun;
    try {
      return arrivalSpan(tables)?.last ?? begun;
    } finally {
      bucket.release();
    }
  } catch {
    return begun;
  }
}
