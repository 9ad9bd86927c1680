import { describe, expect, test } from 'vitest';
import { exampleTrace } from './example-trace.ts';
import { foldedTo, levelsOf, positionOf, visibleRows } from './folding.ts';
import { isGhost, rowOfGhost, type TraceModel, traceModel } from './trace-model.ts';
import { treeAction } from './tree-keys.ts';

/**
 * ```
 * 1
 * (77)     has not arrived
 * ├─ 2
 * │  └─ 3
 * └─ 4
 * 5
 * (88)
 * └─ 6
 * ```
 */
const model = traceModel(
  exampleTrace([
    { spanID: '1', startTime: 100 },
    { spanID: '2', startTime: 110, duration: 20, parent: '77' },
    { spanID: '3', startTime: 115, duration: 500, parent: '2' },
    { spanID: '5', startTime: 120 },
    { spanID: '4', startTime: 130, duration: 40, parent: '77' },
    { spanID: '6', startTime: 140, parent: '88' },
  ]),
);
const drawing = (tree: TraceModel, folded: ReadonlySet<number> = new Set()) =>
  [...visibleRows(tree, folded)]
    .map((row) => {
      const { spanID } = tree.span(row);
      return '-'.repeat(tree.depth[row] ?? 0) + (isGhost(tree, row) ? `(${spanID})` : spanID);
    })
    .join(' ');
const FIRST_GHOST = 6;

test('a span that has not arrived stands above those that name it as their parent', () => {
  expect(drawing(model)).toBe('1 (77) -2 --3 -4 5 (88) -6');
  expect(model.rowCount).toBe(6);
  expect(model.levelCount).toBe(3);
  expect(model.summary.depth).toBe(2);
});

test('it begins with the first of them and ends with the last', () => {
  expect([model.start[FIRST_GHOST], model.length[FIRST_GHOST]]).toEqual([10, 60]);
});

test('rows know their place beside ghosts and below them', () => {
  const places = [...visibleRows(model, new Set())].map((row) => model.placeAmongSiblings[row]);
  expect(places).toEqual([1, 2, 1, 1, 2, 3, 4, 1]);
  expect(model.rootCount).toBe(4);
  expect([...model.childCount].slice(FIRST_GHOST)).toEqual([2, 1]);
});

test('a circle of parents has no ghost: its spans are all here', () => {
  const circle = traceModel(
    exampleTrace([
      { spanID: '1', parent: '2' },
      { spanID: '2', parent: '1' },
    ]),
  );
  expect(circle.ghosts).toEqual([]);
});

test('a ghost is found by its id, until the span has arrived', () => {
  expect(rowOfGhost(model, '88')).toBe(FIRST_GHOST + 1);
  expect(rowOfGhost(model, '1')).toBe(-1);
  expect(model.rowOfSpan('88')).toBeUndefined();
});

describe('folding', () => {
  test('a ghost folds what is below it', () => {
    expect(drawing(model, new Set([FIRST_GHOST]))).toBe('1 (77) 5 (88) -6');
    expect(drawing(model, foldedTo(model, 1))).toBe('1 (77) 5 (88)');
    expect(levelsOf(model, visibleRows(model, foldedTo(model, 2)))).toBe(2);
  });

  test('each row has its position among those that are left', () => {
    const rows = visibleRows(model, new Set());
    expect([...rows].map((row) => positionOf(model, rows, row))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const folded = visibleRows(model, new Set([FIRST_GHOST]));
    expect([1, 2, 3].map((row) => positionOf(model, folded, row))).toEqual([1, 1, 1]);
  });
});

test.each([
  ['ArrowDown', 0, FIRST_GHOST],
  ['ArrowDown', FIRST_GHOST, 1],
  ['ArrowRight', FIRST_GHOST, 1],
  ['ArrowLeft', 1 + 2, FIRST_GHOST],
  ['End', 0, 5],
])('%s leads from row %i to row %i', (key, row, to) => {
  const folded = new Set<number>();
  const rows = visibleRows(model, folded);
  const action = treeAction(key, { model, folded, rows, row, pageSize: 3 });
  expect(action).toEqual({ does: 'move', row: to });
});
