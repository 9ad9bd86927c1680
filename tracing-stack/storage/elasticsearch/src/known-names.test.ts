import { expect, it } from 'vitest';
import { KnownNames } from './known-names.ts';

const LONG = 8 * 1024 * 1024;

it('a name is known until its time is over', () => {
  let now = 0;
  const known = new KnownNames(10, () => now);
  known.add('a');
  now = 9;
  expect([known.has('a'), known.has('b')]).toEqual([true, false]);
  now = 10;
  expect(known.has('a')).toBe(false);
});

it('the oldest are forgotten when there are too many', () => {
  const known = new KnownNames(10, () => 0);
  for (let i = 0; i <= 100_000; i++) known.add(`${i}`);
  expect([known.has('0'), known.has('1'), known.has('100000')]).toEqual([false, true, true]);
});

it('and when they are too long', () => {
  const known = new KnownNames(10, () => 0);
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(LONG)) as [
    string,
    string,
    string,
  ];
  for (const name of [a, b, a, a]) known.add(name);
  expect([known.has(a), known.has(b)]).toEqual([true, true]);
  known.add(c);
  expect([known.has(b), known.has(a), known.has(c)]).toEqual([false, true, true]);
});
