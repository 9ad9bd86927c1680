import { expect, it } from 'vitest';
import { SpanHashes } from './span-hashes.ts';
import { Stamps } from './stamps.ts';

it('every span has its own microsecond, also where the clock stands still or goes back', () => {
  let now = 1000.5;
  const stamps = new Stamps(() => now);
  expect([stamps.take(3), stamps.take(1)]).toEqual([1000, 1003]);
  now = 500;
  expect(stamps.take(2)).toBe(1004);
  now = 2000;
  expect(stamps.take(1)).toBe(2000);
});

it('no two spans have the same hash, and each of the ten buckets gets its share', () => {
  const hashes = new SpanHashes();
  const all = Array.from({ length: 10_000 }, () => hashes.next());
  expect(new Set(all).size).toBe(all.length);
  const buckets = new Map<bigint, number>();
  for (const hash of all) {
    const bucket = BigInt.asUintN(64, hash) % 10n;
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  expect(buckets.size).toBe(10);
  for (const count of buckets.values()) expect(count).toBeGreaterThan(800);
});
