import { expect, test } from 'vitest';
import { scrollTopFor, windowOf } from './window.ts';

test.each([
  ['at the top', 0, 280, 50_000, 0, 14],
  ['in the middle', 28_014, 280, 50_000, 996, 1_015],
  ['at the end', 1_399_720, 280, 50_000, 49_986, 50_000],
  ['few rows', 0, 800, 3, 0, 3],
  ['scrolled past the end, after folding', 1_399_720, 280, 3, 0, 3],
  ['no rows', 0, 800, 0, 0, 0],
  ['no room', 0, 0, 100, 0, 4],
])('%s', (_name, scrollTop, height, count, first, end) => {
  expect(windowOf(scrollTop, height, 28, count)).toEqual({ first, end });
});

test.each([
  ['a row that is seen', 5, 0, 0],
  ['the row above', 9, 280, 252],
  ['the row below', 10, 0, 8],
  ['a row far below', 1_000, 0, 27_900],
  ['a row far above', 0, 27_900, 0],
])('scrolling to %s', (_name, position, scrollTop, expected) => {
  expect(scrollTopFor(position, scrollTop, 300, 28)).toBe(expected);
});
