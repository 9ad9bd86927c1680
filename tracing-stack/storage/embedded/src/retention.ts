import type { Micros } from '@spoor/model';
import { arrivalSpan, type Bucket } from './bucket.ts';
import type { BucketList } from './bucket-list.ts';
import { firstSequenceOf } from './bucket-name.ts';

/** The buckets whose newest arrival is older than `timeToLive` at `now`. */
export function tooOld({ all }: BucketList, timeToLive: Micros, now: Micros): Bucket[] {
  return all.filter((bucket) => newestArrival(bucket) + timeToLive < now);
}

/** The oldest buckets, so many that the others take no more than `maxBytes`. The newest stays. */
export function tooMuch({ all, newest }: BucketList, maxBytes: number): Bucket[] {
  let bytes = all.reduce((sum, bucket) => sum + bucket.size(), 0);
  return all.filter((bucket) => {
    if (bytes <= maxBytes || bucket === newest) return false;
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
