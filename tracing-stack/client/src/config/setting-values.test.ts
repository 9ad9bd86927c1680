import { expect, test } from 'vitest';
import { flagOf, millisecondsOf } from './setting-values.ts';

const setting = (value: unknown) => ({ name: 'x', value, isFromCode: true });

test.each([
  [1000, 1000],
  ['1000', 1000],
  ['1s', 1000],
  ['1.5s', 1500],
  ['1m30s', 90_000],
  ['250ms', 250],
  ['1h', 3_600_000],
])('%j is %d ms', (value, milliseconds) => {
  expect(millisecondsOf(setting(value))).toBe(milliseconds);
});

test.each([0, -1, '', 's', '1s2', '1 s', 'Infinity', 1e12, Number.NaN])(
  '%j is no length of time',
  (value) => {
    expect(() => millisecondsOf(setting(value))).toThrow('[client] x must be milliseconds');
  },
);

test.each([
  [true, true],
  ['TRUE', true],
  ['1', true],
  ['f', false],
  [false, false],
  [0, false],
])('%j is the flag %s', (value, flag) => {
  expect(flagOf(setting(value))).toBe(flag);
});
