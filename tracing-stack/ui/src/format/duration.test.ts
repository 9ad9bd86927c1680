import { describe, expect, test } from 'vitest';
import { formatDuration } from './duration.ts';

describe('a duration is written in at most three figures', () => {
  test.each([
    [0, '0 µs'],
    [1, '1 µs'],
    [0.25, '0.25 µs'],
    [999, '999 µs'],
    [999.9, '1 ms'],
    [2_010, '2.01 ms'],
    [20_149, '20.1 ms'],
    [999_600, '1 s'],
    [2_007_807, '2.01 s'],
    [59_960_000, '1m'],
    [80_000_000, '1m 20s'],
    [3_599_700_000, '1h'],
    [7_500_000_000, '2h 5m'],
    [273_600_000_000, '3d 4h'],
    [795_370_478_486_989, '9205d 16h'],
    [-5, '-5 µs'],
  ])('%d µs is %s', (micros, text) => {
    expect(formatDuration(micros)).toBe(text);
  });
});

test('where more figures tell times apart, more are written', () => {
  expect([2_000_400, 2_000_600].map((micros) => formatDuration(micros, 5))).toEqual([
    '2.0004 s',
    '2.0006 s',
  ]);
});
