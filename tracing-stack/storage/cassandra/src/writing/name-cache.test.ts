import { expect, it } from 'vitest';
import { heldFor, NameCache } from './name-cache.ts';

it('a name is known for its time, and again after it was written anew', () => {
  let now = 0;
  const cache = new NameCache(10, () => now);
  expect(cache.has('a')).toBe(false);
  cache.add('a');
  now = 9;
  expect(cache.has('a')).toBe(true);
  now = 10;
  expect(cache.has('a')).toBe(false);
  cache.add('a');
  expect(cache.has('a')).toBe(true);
});

it('of too many names the oldest are forgotten', () => {
  const cache = new NameCache(10, () => 0);
  for (let i = 0; i <= 100_000; i++) cache.add(`${i}`);
  expect([cache.has('0'), cache.has('1'), cache.has('100000')]).toEqual([false, true, true]);
});

it('of a long name the digest is held, and one that differs at its end is another', () => {
  const long = 'x'.repeat(65_000);
  expect(heldFor(`${long}1`).length).toBeLessThanOrEqual(64);
  const cache = new NameCache(10, () => 0);
  cache.add(`${long}1`);
  expect([cache.has(`${long}1`), cache.has(`${long}2`)]).toEqual([true, false]);
});
