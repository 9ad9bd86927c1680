import { expect, it } from 'vitest';
import { NewestTraces } from './newest-traces.ts';

it('the newest traces are those whose newest match is newest, each once', () => {
  const found = new NewestTraces(2);
  expect(found.isSettledBefore(-Infinity)).toBe(false);
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
  expect(found.isSettledBefore(8)).toBe(false);
  expect(found.isSettledBefore(7)).toBe(true);
  found.add('c', 10);
  expect(found.traceIds()).toEqual(['c', 'a']);
});
