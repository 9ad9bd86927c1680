import { expect, test } from 'vitest';
import { handClock } from '../testkit/hand-clock.ts';
import { RateLimitingSampler } from './rate-limiting-sampler.ts';

/** How many of `count` traces are kept at once. */
const keptOf = (sampler: RateLimitingSampler, count: number) =>
  Array.from({ length: count }, () => sampler.sample()).filter(({ sampled }) => sampled).length;

test('a burst gets one second worth of credits, and credits come back with time', () => {
  const clock = handClock();
  const sampler = new RateLimitingSampler(2, clock);
  expect(keptOf(sampler, 100)).toBe(2);
  clock.pass(400_000);
  expect(keptOf(sampler, 100)).toBe(0);
  clock.pass(100_000);
  expect(keptOf(sampler, 100)).toBe(1);
  clock.pass(60_000_000);
  expect(keptOf(sampler, 100)).toBe(2);
});

test('after a rest, too, a burst gets one second worth, however many were left', () => {
  const clock = handClock();
  const sampler = new RateLimitingSampler(100, clock);
  clock.pass(1_000_000);
  expect(keptOf(sampler, 1000)).toBe(100);
  clock.pass(500_000);
  expect(keptOf(sampler, 20)).toBe(20);
  clock.pass(1_000_000);
  expect(keptOf(sampler, 1000)).toBe(100);
});

test('less than one trace a second saves up to a whole one', () => {
  const clock = handClock();
  const sampler = new RateLimitingSampler(0.1, clock);
  expect(keptOf(sampler, 5)).toBe(1);
  clock.pass(9_900_000);
  expect(keptOf(sampler, 5)).toBe(0);
  clock.pass(100_001);
  expect(keptOf(sampler, 5)).toBe(1);
  clock.pass(100_000_000);
  expect(keptOf(sampler, 5)).toBe(1);
});

test('the type in the tags is in lower case, the rate a double', () => {
  expect(new RateLimitingSampler(2, handClock()).sample().tags).toEqual([
    { key: 'sampler.type', type: 'string', value: 'ratelimiting' },
    { key: 'sampler.param', type: 'float64', value: 2 },
  ]);
});

test('another rate keeps the share of credits: no burst, and none lost', () => {
  const clock = handClock();
  const sampler = new RateLimitingSampler(10, clock);
  expect(keptOf(sampler, 5)).toBe(5);
  sampler.setRate(4);
  expect(keptOf(sampler, 100)).toBe(2);
  clock.pass(1_000_000);
  expect(keptOf(sampler, 100)).toBe(4);
});
