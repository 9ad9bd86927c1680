import { expect, test } from 'vitest';
import { busyRange } from './busy-range.ts';

/** Each span as its start and its length. */
function bars(...spans: readonly (readonly [number, number])[]) {
  return {
    rowCount: spans.length,
    start: Float64Array.from(spans, ([start]) => start),
    length: Float64Array.from(spans, ([, length]) => length),
    duration: Math.max(...spans.map(([start, length]) => start + length)),
  };
}

const YEARS = 8e14;

test.each([
  ['one span is years behind', bars([0, 5], [YEARS, 3_000], [YEARS + 6, 2_000]), YEARS, 3_000],
  ['one span is years ahead', bars([0, 3_000], [6, 2_000], [YEARS, 5]), 0, 3_000],
  ['one span lasts for years', bars([0, YEARS], [10, 1_000], [20, 500]), 10, 1_000],
])('%s: the others are where to look', (_what, trace, from, length) => {
  expect(busyRange(trace)).toEqual({ from, to: from + length });
});

test.each([
  ['lesson 3', bars([0, 3_000], [0, 2_010], [6, 2_000])],
  ['spans side by side', bars([0, 1_000], [0, 10], [500, 10], [990, 10])],
  ['two spans that are far apart', bars([0, 5], [YEARS, 5])],
  ['two groups of one size', bars([0, 5], [1, 5], [YEARS, 5], [YEARS + 1, 5])],
  ['spans of no time at one point', bars([0, 100], [5, 0], [5, 0])],
  ['one span', bars([0, 5])],
  ['a trace that takes no time', bars([0, 0], [0, 0])],
])('%s: nothing is offered', (_what, trace) => {
  expect(busyRange(trace)).toBeUndefined();
});
