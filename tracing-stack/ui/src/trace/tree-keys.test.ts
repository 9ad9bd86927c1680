import { expect, test } from 'vitest';
import { treeOfSix } from './example-trace.ts';
import { visibleRows } from './folding.ts';
import { traceModel } from './trace-model.ts';
import { treeAction } from './tree-keys.ts';

const model = traceModel(treeOfSix);

function press(key: string, row: number, folded: readonly number[] = []) {
  const set = new Set(folded);
  return treeAction(key, { model, folded: set, rows: visibleRows(model, set), row, pageSize: 3 });
}
const move = (row: number) => ({ does: 'move', row });
const fold = (...folded: number[]) => ({ does: 'fold', folded: new Set(folded) });

test.each([
  ['ArrowDown', 0, [], move(1)],
  ['ArrowDown', 1, [1], move(4)],
  ['ArrowDown', 5, [], move(5)],
  ['ArrowUp', 0, [], move(0)],
  ['ArrowUp', 4, [1], move(1)],
  ['PageDown', 1, [], move(4)],
  ['PageDown', 4, [], move(5)],
  ['PageUp', 2, [], move(0)],
  ['Home', 4, [], move(0)],
  ['End', 0, [0], move(5)],
  ['ArrowRight', 1, [], move(2)],
  ['ArrowRight', 1, [1], fold()],
  ['ArrowRight', 2, [], undefined],
  ['ArrowLeft', 1, [], fold(1)],
  ['ArrowLeft', 1, [1], move(0)],
  ['ArrowLeft', 3, [], move(1)],
  ['ArrowLeft', 5, [], undefined],
  ['j', 0, [], move(1)],
  ['k', 4, [1], move(1)],
  ['s', 1, [], move(4)],
  ['w', 2, [], move(0)],
  ['*', 4, [1], fold()],
  ['*', 5, [1], fold(1)],
  ['Enter', 3, [], { does: 'open' }],
  [' ', 3, [], { does: 'open' }],
  ['Escape', 3, [], undefined],
  ['x', 3, [], undefined],
])('%s on row %d with %o folded', (key, row, folded, action) => {
  expect(press(key, row, folded)).toEqual(action);
});
