import { describe, expect, test } from 'vitest';
import { goDuration, parseGoDuration } from './go-duration.ts';

describe('a duration is written as Go writes it', () => {
  test.each([
    [0, '0s'],
    [0.5, '500ns'],
    [100, '100µs'],
    [12_000, '12ms'],
    [1e6, '1s'],
    [2.51e6, '2.51s'],
    [60e6, '1m0s'],
    [60.025e6, '1m0.025s'],
    [3600e6, '1h0m0s'],
    [93_784.005e6, '26h3m4.005s'],
    [-1.5e6, '-1.5s'],
  ])('%d µs is %s', (micros, text) => {
    expect(goDuration(micros)).toBe(text);
  });
});

describe('parseGoDuration', () => {
  test.each<[string, number]>([
    ['0', 0],
    ['1ns', 0.001],
    ['1us', 1],
    ['1µs', 1],
    ['1μs', 1],
    ['1.5ms', 1500],
    ['.5s', 500_000],
    ['1.s', 1e6],
    ['1m30s', 90e6],
    ['1h', 3600e6],
    ['-2s', -2e6],
    ['+2s', 2e6],
  ])('%s is %d µs', (text, micros) => {
    expect(parseGoDuration(text)).toBe(micros);
  });

  test.each<[string, string]>([
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1h ', 'time: unknown unit "h " in duration "1h "'],
    ['1x', 'time: unknown unit "x" in duration "1x"'],
    ['1é', 'time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'],
    ['1.2.3s', 'time: missing unit in duration "1.2.3s"'],
    ['9223372037s', 'time: invalid duration "9223372037s"'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(new RangeError(message));
  });
});
