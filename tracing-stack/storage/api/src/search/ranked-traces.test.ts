import { expect, it } from 'vitest';
import { RankedTraces } from './ranked-traces.ts';

it('the traces in front are those whose highest ranked match ranks highest, each once', () => {
  const found = new RankedTraces(2);
  expect(found.isSettledBelow(-Infinity)).toBe(false);
  for (const [id, start] of [
    ['a', 5],
    ['b', 3],
    ['a', 9],
    ['c', 4],
    ['b', 8],
    ['a', 1],
  ] as const) {
    found.add(id, start);
  }
  expect(found.traceIds()).toEqual(['a', 'b']);
  expect(found.isSettledBelow(8)).toBe(false);
  expect(found.isSettledBelow(7)).toBe(true);
  found.add('c', 10);
  expect(found.traceIds()).toEqual(['c', 'a']);
});
