import { expect, test } from 'vitest';
import { spanStatistics } from './span-statistics.ts';

const spans = [
  { duration: 10, selfTime: 4, hasError: false },
  { duration: 30, selfTime: 30, hasError: true },
  { duration: 5, selfTime: 0, hasError: false },
];

test('equal names make a group, in order of appearance', () => {
  const names = [['a', 'x'], ['b'], ['a', 'x']];
  expect(spanStatistics(spans, (at) => names[at] ?? [])).toEqual([
    {
      names: ['a', 'x'],
      count: 2,
      errorCount: 0,
      total: 15,
      average: 7.5,
      min: 5,
      max: 10,
      selfTime: 4,
    },
    {
      names: ['b'],
      count: 1,
      errorCount: 1,
      total: 30,
      average: 30,
      min: 30,
      max: 30,
      selfTime: 30,
    },
  ]);
});

test('names are told apart by where one ends and the next begins; none is a group too', () => {
  const names = [['a', 'b'], ['a,b'], []];
  expect(spanStatistics(spans, (at) => names[at] ?? []).map((group) => group.names)).toEqual(names);
});

test('no spans, no groups', () => {
  expect(spanStatistics([], () => [])).toEqual([]);
});
