import { describe, expect, test } from 'vitest';
import type { FoundTrace } from '../found-trace.ts';
import {
  durationTicks,
  placeOfDuration,
  placeOfTime,
  plotScales,
  radiusOf,
  timeAtPlace,
} from './plot-scales.ts';

const trace = (startTime: number, duration: number) => ({ startTime, duration }) as FoundTrace;

describe('the scales of the plot', () => {
  const traces = [trace(1_000_000, 100), trace(3_000_000, 100_000), trace(2_000_000, 0)];
  const scales = plotScales(traces);

  test('have room for every trace, one that took no time too', () => {
    for (const { startTime, duration } of traces) {
      expect(placeOfTime(scales, startTime)).toBeGreaterThan(0);
      expect(placeOfTime(scales, startTime)).toBeLessThan(1);
      expect(placeOfDuration(scales, duration)).toBeGreaterThan(0);
      expect(placeOfDuration(scales, duration)).toBeLessThan(1);
    }
  });

  test('lead back from a place to a time, and not beyond the ends', () => {
    expect(timeAtPlace(scales, placeOfTime(scales, 2_500_000))).toBeCloseTo(2_500_000, 3);
    expect(timeAtPlace(scales, -1)).toBe(scales.from);
    expect(timeAtPlace(scales, 2)).toBe(scales.to);
  });

  test('have a width though all began at once', () => {
    const same = plotScales([trace(5, 7), trace(5, 7)]);
    expect(placeOfTime(same, 5)).toBeCloseTo(0.5);
    expect(placeOfDuration(same, 7)).toBeCloseTo(0.5);
  });
});

test.each([
  [90, 1.1e6, [100, 10_000, 1e6]],
  [90, 1_100, [100, 1_000]],
  [110, 900, [200, 500]],
  [2.1e6, 4.9e6, []],
])('from %d to %d durations are told at %j', (shortest, longest, ticks) => {
  expect(durationTicks({ from: 0, to: 1, shortest, longest }, 3)).toEqual(ticks);
});

test('a circle grows with the spans, up to a size', () => {
  expect([1, 100, 50_000].map(radiusOf)).toEqual([3.7, 10, 16]);
});
