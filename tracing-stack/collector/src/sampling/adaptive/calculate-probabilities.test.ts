import type { OperationProbability, OperationThroughput, Throughput } from '@spoor/storage-api';
import { describe, expect, test } from 'vitest';
import { ADAPTIVE_DEFAULTS, type AdaptiveOptions } from './adaptive-options.ts';
import { calculateProbabilities } from './calculate-probabilities.ts';

const MINUTE = 60_000_000;
const NOW = 1_700_000_000_000_000;

/** Traces a second of `operation`, `sampled` of which were kept in a minute. */
const counted = (perSecond: number, sampled = 60, operation = 'pay'): OperationThroughput => ({
  service: 'shop',
  operation,
  sampled,
  estimated: perSecond * 60,
});

const interval = (
  operations: readonly OperationThroughput[],
  { minutesAgo = 0, collector = 'a' } = {},
): Throughput => ({ collector, time: NOW - minutesAgo * MINUTE, duration: MINUTE, operations });

const share = (probability: number, isRising = false, operation = 'pay'): OperationProbability => ({
  service: 'shop',
  operation,
  probability,
  isRising,
});

const next = (
  previous: readonly OperationProbability[],
  throughput: readonly Throughput[],
  options: Partial<AdaptiveOptions> = {},
) => calculateProbabilities(previous, throughput, NOW, { ...ADAPTIVE_DEFAULTS, ...options });

describe('the share of an operation', () => {
  test.each([
    ['falls at once', share(0.5), counted(100), share(0.01)],
    ['grows to the double at most', share(0.01), counted(10), share(0.02, true)],
    ['grows by less if that is enough', share(0.01), counted(60), share(1 / 60)],
    ['stays if it is about right', share(0.1), counted(12), share(0.1)],
    ['goes all the way once it moves', share(0.1, true), counted(12), share(1 / 12)],
    ['is never more than 1', share(0.9), counted(0.01), share(1)],
    ['is never less than the least', share(0.001), counted(1e9), share(1e-5)],
    ['doubles while no trace is kept by it', share(0.01), counted(0, 0), share(0.02, true)],
    ['is 1 in the end, if there is next to nothing', share(0.6), counted(0, 0), share(1)],
  ])('%s', (_, before, operation, after) => {
    const [calculated] = next([before], [interval([operation])]);
    expect(calculated?.probability).toBeCloseTo(after.probability, 12);
    expect(calculated).toEqual({ ...after, probability: calculated?.probability });
  });

  test('begins at that of new operations', () => {
    expect(next([], [interval([counted(1000)])])).toEqual([share(0.001)]);
    expect(next([], [interval([counted(10_000)])])).toEqual([share(0.0001)]);
    const options = { initialSamplingProbability: 0.5 };
    expect(next([], [interval([counted(1000)])], options)).toEqual([share(0.001)]);
  });

  test('goes by the target that is asked for', () => {
    const options = { targetSamplesPerSecond: 5 };
    expect(next([share(1)], [interval([counted(1000)])], options)).toEqual([share(0.005)]);
  });
});

test('what several collectors saw is added up', () => {
  const throughput = ['a', 'b', 'c'].map((collector) => interval([counted(100)], { collector }));
  expect(next([share(1)], throughput)[0]?.probability).toBeCloseTo(1 / 300, 12);
});

test('collectors count in stretches of their own', () => {
  const long = { ...interval([counted(100)]), duration: 2 * MINUTE };
  const late = interval([counted(100)], { collector: 'b', minutesAgo: 1.5 });
  expect(next([share(1)], [long, late])[0]?.probability).toBeCloseTo(1 / 150, 12);
});

test('a collector that is gone is out of it after two intervals', () => {
  const gone = interval([counted(900)], { collector: 'b', minutesAgo: 2 });
  expect(next([share(1)], [interval([counted(100)]), gone])).toEqual([share(0.01)]);
});

test('of several intervals the newest counts for most', () => {
  const options = { bucketsForCalculation: 2 };
  const throughput = [interval([counted(170)]), interval([counted(0)], { minutesAgo: 1 })];
  // 16/17 and 1/17.
  expect(next([share(1)], throughput, options)[0]?.probability).toBeCloseTo(1 / 160, 12);
});

test('no news of an operation changes nothing; in the end it is forgotten', () => {
  const before = [share(0.25), share(0.5, true, 'rare')];
  const throughput = [interval([counted(4)]), interval([counted(1, 1, 'rare')], { minutesAgo: 9 })];
  expect(next(before, throughput)).toEqual(before);
  expect(next(before, throughput.slice(0, 1))).toEqual(before.slice(0, 1));
});
