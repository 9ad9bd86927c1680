import { expect, it } from 'vitest';
import { bucketStart, durationBucket } from './index-rows.ts';

const HALF = 1_800_000_000;

it.each([
  [0, 0n],
  [HALF - 1, 0n],
  [HALF, 3_600_000n],
  [-HALF, 0n],
  [-HALF - 1, -3_600_000n],
  [1_795_371_645_522_000, 1_795_370_400_000n],
])('a start of %d goes into the hour next to it', (start, bucket) => {
  expect(durationBucket(start)).toBe(bucket);
  expect(durationBucket(bucketStart(bucket))).toBe(bucket);
  expect(durationBucket(bucketStart(bucket) - 1)).toBe(bucket - 3_600_000n);
});
