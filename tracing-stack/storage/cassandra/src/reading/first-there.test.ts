import { expect, it } from 'vitest';
import { firstThere } from './first-there.ts';

/** An index of so many traces, newest first, of which those from `first` on are there. */
function indexOf(count: number, first: number) {
  const ids = Array.from({ length: count }, (_, i) => `${i}`.padStart(16, '0'));
  const asked: string[] = [];
  let rows = 0;
  return {
    asked,
    rows: () => rows,
    async search(limit: number) {
      rows += Math.min(limit, count);
      return ids.slice(0, limit);
    },
    async read(id: string) {
      asked.push(id);
      return Number(id) < first ? undefined : id;
    },
  };
}

it('where every trace is there, one search for as many as are wanted is enough', async () => {
  const index = indexOf(1000, 0);
  const found = await firstThere(20, index.search, index.read);
  expect(found).toHaveLength(20);
  expect(found).toEqual(found.toSorted());
  expect([index.rows(), index.asked.length]).toEqual([20, 20]);
});

it.each([
  [20, 1000],
  [20, 8000],
  [1, 5000],
])('of %i wanted, behind %i that are not there, the work is in proportion', async (limit, gone) => {
  const index = indexOf(gone + 2 * limit, gone);
  const found = await firstThere(limit, index.search, index.read);
  expect(found.map(Number)).toEqual(Array.from({ length: limit }, (_, i) => gone + i));
  expect(index.rows()).toBeLessThanOrEqual(4 * (gone + limit));
  expect(index.asked.length).toBe(new Set(index.asked).size);
  expect(index.asked.length).toBeLessThanOrEqual(gone + 2 * limit);
});

it('an index of which nothing is there ends', async () => {
  const index = indexOf(4000, 4000);
  expect(await firstThere(20, index.search, index.read)).toEqual([]);
  expect(index.rows()).toBeLessThanOrEqual(4 * 4000);
});

it('without a limit all is looked at once', async () => {
  const index = indexOf(100, 90);
  const found = await firstThere(Number.POSITIVE_INFINITY, index.search, index.read);
  expect([found.length, index.rows()]).toEqual([10, 100]);
});
