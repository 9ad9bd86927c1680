import { describe, expect, test } from 'vitest';
import {
  clip,
  column,
  columns,
  durationText,
  painter,
  printable,
  wrapText,
} from './terminal-text.ts';

test.each([
  ['', 0],
  ['span', 4],
  ['追踪', 4],
  ['第 3 课：', 9],
  ['e\u0301', 1],
  ['│└█…', 4],
  ['ﾊﾝｶｸ', 4],
  ['한국', 4],
  ['🦌', 2],
])('%j takes %i columns', (text, width) => {
  expect(columns(text)).toBe(width);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['追踪系统', 8, '追踪系统'],
  ['追踪系统', 7, '追踪系…'],
  ['追踪系统', 6, '追踪…'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('%j clipped to %i columns is %j', (text, width, clipped) => {
  expect(clip(text, width)).toBe(clipped);
  expect(columns(clipped)).toBeLessThanOrEqual(width);
});

test('a column is filled up to its width, also after half a wide character', () => {
  expect(column('追踪系统', 6)).toBe('追踪… ');
  expect(column('ab', 4)).toBe('ab  ');
});

test('what would steer the terminal becomes visible', () => {
  expect(printable('a\x1b[31mb\r\x07\u009bc\nd')).toBe('a\\x1b[31mb\\x0d\\x07\\x9bc⏎d');
});

describe('colours', () => {
  test.each<[string, boolean, NodeJS.ProcessEnv, string]>([
    ['a terminal', true, {}, '\x1b[31mx\x1b[39m'],
    ['no terminal', false, {}, 'x'],
    ['NO_COLOR', true, { NO_COLOR: '1' }, 'x'],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, '\x1b[31mx\x1b[39m'],
    ['a dumb terminal', true, { TERM: 'dumb' }, 'x'],
  ])('%s', (_what, isTerminal, env, expected) => {
    expect(painter(isTerminal, env)('red', 'x')).toBe(expected);
  });
});

test.each([
  [0, '0 µs'],
  [999, '999 µs'],
  [1500, '1.50 ms'],
  [25_030, '25.0 ms'],
  [2_007_807, '2.01 s'],
  [3_008_923, '3.01 s'],
  [125_000_000, '125 s'],
])('%i µs is written %s', (micros, text) => {
  expect(durationText(micros)).toBe(text);
});

test.each([
  ['one two three', 8, ['one two', 'three']],
  ['one', 8, ['one']],
  ['', 8, ['']],
  ['a `b c d` e', 7, ['a', '`b c d`', 'e']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['从不包含中文的行', 8, ['从不包含', '中文的行']],
  ['发往对面，没有', 8, ['发往对面，', '没有']],
  ['span 没有（根）到', 10, ['span 没有', '（根）到']],
  ['调用 inject() 之前', 12, ['调用', 'inject() 之', '前']],
])('%s is broken into lines of %i columns', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});
