import { expect, test } from 'vitest';
import { nextSort, sortedRows } from './sorted-rows.ts';

test.each([
  ['numbers, upwards', [3, 1, 2], false, [1, 2, 0]],
  ['numbers, downwards', [3, 1, 2], true, [0, 2, 1]],
  ['equals keep their order upwards', [1, 0, 1], false, [1, 0, 2]],
  ['and downwards', [1, 0, 1], true, [0, 2, 1]],
  ['texts by the numbers in them', ['op-10', 'op-9', 'Op-1'], false, [2, 1, 0]],
  ['no number comes last upwards', [Number.NaN, 2, 1], false, [2, 1, 0]],
  ['and downwards', [Number.NaN, 1, 2], true, [2, 1, 0]],
])('%s', (_, keys, isDescending, order) => {
  expect(sortedRows([0, 1, 2], (row) => keys[row] as number | string, isDescending)).toEqual(order);
});

test('without a key the rows stay as they are', () => {
  expect(sortedRows(Uint32Array.of(2, 0), undefined, true)).toEqual([2, 0]);
});

test('numbers begin with the highest, texts with the first; the same column turns around', () => {
  const byName = { column: 'name', isDescending: false };
  expect(nextSort(byName, 'count', true)).toEqual({ column: 'count', isDescending: true });
  expect(nextSort({ column: 'count', isDescending: true }, 'name', false)).toEqual(byName);
  expect(nextSort(byName, 'name', false)).toEqual({ column: 'name', isDescending: true });
});
