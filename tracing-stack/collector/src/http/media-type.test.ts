import { expect, test } from 'vitest';
import { parseMediaType } from './media-type.ts';

test.each([
  ['application/x-thrift', 'application/x-thrift'],
  [' Application/X-Thrift ; charset=utf-8', 'application/x-thrift'],
  ['text/plain; a="b;c\\"d"; e=f;', 'text/plain'],
  ['attachment', 'attachment'],
  ['text/plain \t; ', 'text/plain'],
])('%j is %s', (text, type) => {
  expect(parseMediaType(text)).toBe(type);
});

test.each([
  ['', 'mime: no media type'],
  ['; charset=utf-8', 'mime: no media type'],
  ['application x-thrift', 'mime: expected slash after first token'],
  ['application/', 'mime: expected token after slash'],
  ['application/x thrift', 'mime: unexpected content after media subtype'],
  ['text/plain; charset', 'mime: invalid media parameter'],
  ['text/plain; a=b; A=c', 'mime: duplicate parameter name'],
  ['text/plain;;', 'mime: invalid media parameter'],
])('%j is refused: %s', (text, message) => {
  expect(() => parseMediaType(text)).toThrow(message);
});

test('half a million blanks do not hold up the others', () => {
  const text = `text/plain; a=b${' '.repeat(500_000)}x`;
  expect(() => parseMediaType(text)).toThrow('mime: invalid media parameter');
});
