import { describe, expect, it } from 'vitest';
import { utf8Text } from './utf8-text.ts';

const R = '\ufffd';

describe('bytes that belong to no character become one U+FFFD each, as Go counts', () => {
  it.each([
    ['', ''],
    ['61', 'a'],
    ['e4b8ad61', '中a'],
    ['fffe616263', `${R}${R}abc`],
    // 中 after one, after two of its three bytes, at the end and before another character.
    ['61e4', `a${R}`],
    ['61e4b8', `a${R}${R}`],
    ['e4b861', `${R}${R}a`],
    ['e4b8e4b8ad', `${R}${R}中`],
    // 🦡 after three of its four.
    ['f09fa6', R.repeat(3)],
    ['f09fa6a1', '🦡'],
    // A surrogate, an overlong slash, a byte beyond Unicode, a lone continuation.
    ['eda080', R.repeat(3)],
    ['c0af', R.repeat(2)],
    ['f4908080', R.repeat(4)],
    ['80', R],
    // A U+FFFD that somebody sent is itself.
    ['efbfbd', R],
    ['efbfbdff', R.repeat(2)],
  ])('%s', (hex, text) => {
    const bytes = Buffer.from(`41${hex}42`, 'hex');
    expect(utf8Text(bytes, 1, bytes.length - 1)).toBe(text);
  });
});
