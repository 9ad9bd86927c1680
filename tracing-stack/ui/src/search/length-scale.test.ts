import { expect, test } from 'vitest';
import { lengthScale } from './length-scale.ts';

const HOUR = 3_600e6;

test.each([
  ['traces of about the same length', [300, 412, 380], 412, false],
  ['one absurd one', [300, 412, 380, 24 * HOUR], 412, true],
  ['three absurd ones of seven', [300, 412, 380, 350, HOUR, HOUR, 2 * HOUR], 412, true],
  ['long ones that are still in sight', [100, 100, 2_000], 2_000, false],
  ['two that have nothing to do with each other', [1, HOUR], 1, true],
  ['one', [5], 5, false],
  ['none that took any time', [0, 0], 0, false],
  ['mostly none that took any time', [0, 0, 0, 7, 9], 9, false],
  ['none', [], 0, false],
])('%s: bars end where most can be read', (_what, durations, end, isCut) => {
  expect(lengthScale(durations)).toEqual({ end, isCut });
  expect(lengthScale(durations.toReversed())).toEqual({ end, isCut });
});
