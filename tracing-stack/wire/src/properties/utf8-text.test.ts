import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { utf8Text } from '../utf8-text.ts';
import { seedProperties } from './seed.ts';

beforeAll(seedProperties);

/** Byte by byte and as slow as that: a character is the shortest beginning that is sound by itself. */
function slowText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const character = [1, 2, 3, 4]
      .map((length) => bytes.subarray(at, at + length))
      .find((part) => isUtf8(part));
    text += character === undefined ? '\ufffd' : Buffer.from(character).toString();
    at += character?.length ?? 1;
  }
  return text;
}

/** At the edges of what a second byte may be, and beside them. */
const EDGES = [
  ...[0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf],
  ...[0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff],
];

test('any bytes are the text that they are character by character', () => {
  const byte = fc.oneof(fc.constantFrom(...EDGES), fc.nat(255));
  const characters = fc.string({ unit: 'grapheme' }).map((text) => [...Buffer.from(text)]);
  const parts = fc.array(fc.oneof(fc.array(byte, { maxLength: 6 }), characters));
  fc.assert(
    fc.property(parts, fc.nat(4), fc.nat(4), (all, before, behind) => {
      const bytes = Buffer.from(all.flat());
      const end = Math.max(before, bytes.length - behind);
      expect(utf8Text(bytes, before, end)).toBe(slowText(bytes.subarray(before, end)));
    }),
  );
});

test('so are all second bytes behind each first one at an edge, as they are and before continuations', () => {
  for (const first of EDGES) {
    for (let second = 0; second < 256; second++) {
      const bytes = Buffer.from([first, second, 0x80, 0xbf, 0xff]);
      for (const end of [2, 3, 4, 5]) {
        const text = utf8Text(bytes, 0, end);
        // Vitest's own comparison takes longer than all the rest.
        if (text !== slowText(bytes.subarray(0, end)))
          expect.fail(`${bytes.toString('hex', 0, end)} is ${JSON.stringify(text)}`);
      }
    }
  }
});
