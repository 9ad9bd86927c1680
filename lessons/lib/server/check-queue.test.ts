import { expect, test } from 'vitest';
import { checkQueue } from './check-queue.ts';

test('of one lesson one runs and the last that was asked for waits; other lessons do not wait for it', async () => {
  const began: [number, string][] = [];
  const ends: (() => void)[] = [];
  const ask = checkQueue<string>((lesson, what) => {
    began.push([lesson, what]);
    return new Promise<void>((resolve) => ends.push(resolve));
  });
  for (const step of ['a', 'b', 'c', 'd']) ask(3, step);
  ask(2, 'other');
  expect(began).toEqual([
    [3, 'a'],
    [2, 'other'],
  ]);
  ends[0]?.();
  await expect.poll(() => began.slice(2)).toEqual([[3, 'd']]);
  ends[2]?.();
  ask(2, 'again');
  expect(began).toHaveLength(3);
  ends[1]?.();
  await expect.poll(() => began.slice(3)).toEqual([[2, 'again']]);
});
