import { utf8Text } from './utf8-text.ts';

/** Longer texts are values rather than names and seldom come again. */
const MAX_LENGTH = 48;

/**
 * Turns bytes into strings and remembers short ASCII ones, so that the names which come with every span (operations,
 * services, tag keys) are made once. One text a slot: a newcomer takes the place of what was there, so memory is bounded.
 * Invalid UTF-8 becomes U+FFFD; see `utf8Text`.
 */
export class TextCache {
  private readonly slots: string[];

  /** `size` must be a power of two. */
  constructor(size: number) {
    this.slots = new Array<string>(size).fill('');
  }

  text(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0) return '';
    if (length > MAX_LENGTH) return utf8Text(bytes, start, end);
    let hash = length;
    let seen = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      seen |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (seen >= 0x80) return utf8Text(bytes, start, end);
    const slot = (hash ^ (hash >>> 15)) & (this.slots.length - 1);
    const known = this.slots[slot] as string;
    if (known.length === length && equals(known, bytes, start)) return known;
    const text = bytes.toString('latin1', start, end);
    this.slots[slot] = text;
    return text;
  }
}

function equals(text: string, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  }
  return true;
}
