import { expect, test } from 'vitest';
import { linePath, roundTop } from './line-path.ts';

const points = (...values: number[]) => values.map((value, time) => ({ time, value }));
const scale = { width: 100, height: 10, top: 4 };

test.each([
  [points(0, 2, 4), 'M0 10L50 5L100 0'],
  [points(1, Number.NaN, 4), 'M0 7.5h0.01M100 0h0.01'],
  [points(Number.NaN, 4, 0, Number.NaN), 'M33.3 0L66.7 10'],
  [points(Number.NaN), ''],
  [points(2), 'M0 5h0.01'],
  [[], ''],
])('%j is the path %s', (line, path) => {
  expect(linePath(line, scale)).toBe(path);
});

test.each([
  [0, 1],
  [Number.NaN, 1],
  [1, 1],
  [0.013, 0.02],
  [3, 5],
  [720, 1000],
])('a scale for %d ends at %d', (most, top) => {
  expect(roundTop(most)).toBeCloseTo(top, 10);
});
