import { expect, it } from 'vitest';
import { TextCache } from './text-cache.ts';

const TEXTS = ['', 'span.kind', 'Span.kind', 'é', '厨房 🦡', 'a'.repeat(48), 'a'.repeat(49), '\0'];

it.each([1, 2, 1024])('gives every text as it is with %i slots, again and again', (size) => {
  const cache = new TextCache(size);
  for (let round = 0; round < 3; round++) {
    for (const text of TEXTS) {
      const bytes = Buffer.from(`<${text}>`);
      expect(cache.text(bytes, 1, bytes.length - 1)).toBe(text);
    }
  }
});

it('makes U+FFFD of invalid UTF-8, in short texts and long', () => {
  const cache = new TextCache(16);
  for (const length of [1, 20, 100]) {
    const bytes = Buffer.from([...Buffer.alloc(length, 'a'), 0xff]);
    expect(cache.text(bytes, 0, bytes.length)).toBe(`${'a'.repeat(length)}\ufffd`);
  }
});
