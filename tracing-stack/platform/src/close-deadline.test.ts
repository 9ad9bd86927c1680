import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { endsBefore } from './close-deadline.ts';

const forever = new Promise<never>(() => {});

test.each([
  ['milliseconds', 60_000, 1],
  ['a signal', new AbortController().signal, AbortSignal.abort()],
])(
  'work that ends is told from work that goes on, and from work that fails, by %s',
  async (_, far, near) => {
    expect(await endsBefore(far, Promise.resolve())).toBe(true);
    expect(await endsBefore(near, forever)).toBe(false);
    await expect(endsBefore(far, Promise.reject(new Error('no')))).rejects.toThrow('no');
  },
);

test('work that ends leaves nothing on a deadline that many share', async () => {
  const { signal } = new AbortController();
  await endsBefore(signal, Promise.resolve());
  await endsBefore(signal, Promise.reject(new Error('no'))).catch(() => {});
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
