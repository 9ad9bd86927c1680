import { expect, test } from 'vitest';
import { goQuote } from './go-errors.ts';

test.each([
  ['abc', '"abc"'],
  ['a"b\\c', '"a\\"b\\\\c"'],
  ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
  ['\0\u001b\u007f', '"\\x00\\x1b\\x7f"'],
  ['\u0080\u00a0\u200b\ue000', '"\\u0080\\u00a0\\u200b\\ue000"'],
  ['\u{e0001}', '"\\U000e0001"'],
  ['\u00e9 \u4e2d \u{1f9a1} \u0301', '"\u00e9 \u4e2d \u{1f9a1} \u0301"'],
])('%j is quoted as Go quotes it', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted);
});
