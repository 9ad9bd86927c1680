import { expect, test } from 'vitest';
import {
  foldedBut,
  partsOfRole,
  partTree,
  revealed,
  roleBytes,
  says,
  shownFor,
  shownParts,
  spanOf,
} from './part-tree.ts';
import type { Part, WireSpan } from './wire-client.ts';

const part = (depth: number, start: number, end: number, more: Partial<Part> = {}): Part => ({
  depth,
  start,
  end,
  name: '',
  type: '',
  ...more,
});

/** A head, and two spans of two fields each. */
const PARTS = [
  part(0, 0, 2),
  part(0, 2, 20),
  part(1, 3, 11),
  part(2, 3, 7, { role: 'spanId', valueStart: 4 }),
  part(2, 7, 10, { role: 'traceId' }),
  part(1, 11, 19),
  part(2, 11, 15, { role: 'spanId' }),
  part(2, 15, 18, { value: '1700 (2023)' }),
];
const header = { name: 'uber-trace-id', pieces: [] };
const SPANS: WireSpan[] = [
  { part: 2, spanId: 'a', header },
  { part: 5, spanId: 'b', header },
];
const tree = partTree(PARTS, 21);

test('knows what lies in what', () => {
  expect([...tree.parents]).toEqual([-1, -1, 1, 2, 2, 1, 5, 5]);
  expect([...tree.ends]).toEqual([1, 8, 5, 4, 5, 8, 7, 8]);
});

test('finds the innermost part of a byte', () => {
  expect([0, 2, 3, 6, 10, 11, 19, 20].map((at) => tree.ofByte[at])).toEqual([
    0, 1, 3, 3, 2, 6, 1, -1,
  ]);
});

test('a part that goes around another is not its innermost', () => {
  const around = partTree([part(0, 0, 4), part(1, 1, 3), part(0, 0, 10)], 10);
  expect([0, 1, 3, 9].map((at) => around.ofByte[at])).toEqual([0, 1, 0, 2]);
});

test('folds all spans but one, and unfolds what holds a part', () => {
  const folded = foldedBut(SPANS, 2);
  expect([...folded]).toEqual([5]);
  expect(shownParts(tree, folded)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(shownFor(tree, folded, 7)).toBe(5);
  expect(shownFor(tree, new Set([1, 5]), 7)).toBe(1);
  expect(shownFor(tree, folded, 4)).toBe(4);
  expect(shownParts(tree, revealed(tree, folded, 7))).toHaveLength(8);
  expect(revealed(tree, folded, 3)).toBe(folded);
});

test('finds the span of a part, and what says who it is', () => {
  const [first, second] = SPANS as [WireSpan, WireSpan];
  expect([0, 1, 2, 4, 7].map((i) => spanOf(tree, SPANS, i)?.spanId)).toEqual([
    undefined,
    undefined,
    'a',
    'a',
    'b',
  ]);
  expect(SPANS.map((span) => says(tree, span, 1700))).toEqual([false, true]);
  expect(says(tree, second, 170)).toBe(false);
  expect(partsOfRole(tree, first, 'spanId')).toEqual([3]);
  expect(partsOfRole(tree, second, 'traceId')).toEqual([]);
  // What leads to the value is not coloured.
  const roles = roleBytes(tree, first, 21);
  expect([2, 3, 4, 6, 7, 9, 10, 12].map((at) => roles[at])).toEqual([
    undefined,
    undefined,
    'spanId',
    'spanId',
    'traceId',
    'traceId',
    undefined,
    undefined,
  ]);
});
