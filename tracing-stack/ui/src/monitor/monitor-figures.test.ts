import { expect, test } from 'vitest';
import { lastAndMost, withImpact } from './monitor-figures.ts';

const points = (...values: number[]) => values.map((value, time) => ({ time, value }));

test('the impact of an operation is what of the time it takes, beside the one that takes most', () => {
  const operation = (name: string, calls: number[], latency: number[]) => ({
    name,
    calls: points(...calls),
    latency: points(...latency),
    errors: [],
  });
  const operations = withImpact([
    operation('rare and slow', [0, 0.1], [Number.NaN, 100]),
    operation('often and fast', [10, 10], [1, 1]),
    operation('never', [0], []),
  ]);
  expect(operations.map(({ impact }) => impact)).toEqual([0.5, 1, 0]);
  expect(withImpact([])).toEqual([]);
});

test('the last and the highest are of the points that have a value', () => {
  expect(lastAndMost(points(3, 5, Number.NaN, 2, Number.NaN))).toEqual({ last: 2, most: 5 });
  expect(lastAndMost(points(Number.NaN))).toEqual({ last: Number.NaN, most: Number.NaN });
});
