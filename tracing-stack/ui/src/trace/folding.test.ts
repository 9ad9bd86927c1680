import { expect, test } from 'vitest';
import { treeOfSix } from './example-trace.ts';
import {
  foldedTo,
  levelsOf,
  positionOf,
  revealed,
  siblingsUnfolded,
  toggled,
  visibleRows,
} from './folding.ts';
import { traceModel } from './trace-model.ts';

const tree = traceModel(treeOfSix);

test.each([
  [[], [0, 1, 2, 3, 4, 5]],
  [[1], [0, 1, 4, 5]],
  [[0], [0, 5]],
  [
    [0, 1],
    [0, 5],
  ],
  [[2], [0, 1, 2, 3, 4, 5]],
])('with %o folded, %o are left', (folded, left) => {
  expect([...visibleRows(tree, new Set(folded))]).toEqual(left);
});

test.each([
  [1, [0, 5]],
  [2, [0, 1, 4, 5]],
  [3, [0, 1, 2, 3, 4, 5]],
  [9, [0, 1, 2, 3, 4, 5]],
])('folded to %d levels, %o are left', (levels, left) => {
  const rows = visibleRows(tree, foldedTo(tree, levels));
  expect([...rows]).toEqual(left);
  expect(levelsOf(tree, rows)).toBe(Math.min(levels, 3));
});

test('unfolding what is beside a row leaves other levels as they are', () => {
  expect([...siblingsUnfolded(tree, new Set([0, 1]), 4)]).toEqual([0]);
  expect([...siblingsUnfolded(tree, new Set([0, 1]), 5)]).toEqual([1]);
});

test('a row is found among those left; a hidden one by the row that hides it', () => {
  const rows = visibleRows(tree, new Set([1]));
  expect([0, 1, 2, 3, 4, 5].map((row) => positionOf(tree, rows, row))).toEqual([0, 1, 1, 1, 2, 3]);
});

test('revealing a row unfolds what is above it and nothing else', () => {
  expect([...revealed(tree, new Set([0, 1, 5]), 3)]).toEqual([5]);
  const folded = new Set([1]);
  expect(revealed(tree, folded, 1)).toBe(folded);
});

test('folding twice changes nothing', () => {
  expect(toggled(toggled(new Set([1]), 0), 0)).toEqual(new Set([1]));
});
