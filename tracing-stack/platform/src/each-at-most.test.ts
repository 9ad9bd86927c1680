import { expect, it } from 'vitest';
import { eachAtMost } from './each-at-most.ts';

const ITEMS = Array.from({ length: 100 }, (_, i) => i);
const aMoment = () => new Promise((resolve) => setImmediate(resolve));

it('all are done, and no more at once than may be', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await eachAtMost(3, ITEMS, async (item) => {
    most = Math.max(most, ++running);
    await aMoment();
    running--;
    done.push(item);
  });
  expect(done).toEqual(ITEMS);
  expect(most).toBe(3);
});

it('after a failure none is begun, and it is told once those under way have ended', async () => {
  const begun: number[] = [];
  let ended = 0;
  const working = eachAtMost(3, ITEMS, async (item) => {
    begun.push(item);
    await aMoment();
    ended++;
    if (item === 1) throw new Error('no');
  });
  await expect(working).rejects.toThrow('no');
  expect(begun.length).toBeLessThan(7);
  expect(ended).toBe(begun.length);
});

it('of nothing it is done at once', () => eachAtMost(3, [], () => Promise.reject(new Error())));
