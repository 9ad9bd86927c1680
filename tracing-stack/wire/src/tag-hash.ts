import { isUtf8 } from 'node:buffer';
import { floatAsString, type KeyValue, valueAsString } from '@spoor/model';
import { soundUtf8 } from './utf8-text.ts';

const OFFSET_BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** 32 bits (FNV-1a) over the UTF-8 of key, a zero byte, and `valueAsString`. Equal tags have equal hashes. */
export function tagHash(tag: KeyValue): number {
  return tagTextHash(tag.key, valueAsString(tag));
}

/** `tagHash` of a tag given as texts, as a search gives it. */
export function tagTextHash(key: string, value: string): number {
  return hashText(endOfKey(hashText(OFFSET_BASIS, key)), value) >>> 0;
}

// The same hash, a piece at a time, from the bytes in which a tag arrived. The value between the pieces is an int32;
// `>>> 0` makes the finished hash of it.

/** The hash of a key of which bytes `start` to `end` are the UTF-8, ready for its value. */
export function keyBytesHash(bytes: Uint8Array, start: number, end: number): number {
  return endOfKey(textBytesHash(OFFSET_BASIS, bytes, start, end));
}

/** Goes on with a text in UTF-8. Invalid bytes count as the U+FFFD that a decoder makes of them. */
export function textBytesHash(from: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = from;
  let seen = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    seen |= byte;
    hash = Math.imul(hash ^ byte, PRIME);
  }
  if (seen < 0x80) return hash;
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  return isUtf8(raw) ? hash : bytesHash(from, soundUtf8(bytes, start, end));
}

/** Goes on with a binary value, whose text is lower-case hex. */
export function hexBytesHash(from: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = from;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    hash = Math.imul(hash ^ hexDigit(byte >> 4), PRIME);
    hash = Math.imul(hash ^ hexDigit(byte & 0x0f), PRIME);
  }
  return hash;
}

export function boolHash(from: number, value: boolean): number {
  return hashText(from, value ? 'true' : 'false');
}

/** Goes on with an int64 given as its two halves. */
export function int64Hash(from: number, high: number, low: number): number {
  // A value that fits in 32 bits has nothing but its sign in the upper half.
  if (high === low >> 31) return integerHash(from, low | 0);
  return hashText(from, String((BigInt(high) << 32n) | BigInt(low >>> 0)));
}

export function float64Hash(from: number, value: number): number {
  // Whole numbers, by far the most common, print as integers; -0 and what needs an exponent do not.
  if (value === (value | 0) && !Object.is(value, -0)) return integerHash(from, value);
  return hashText(from, floatAsString(value));
}

/** Goes on with the decimal digits of an int32, without making a string of them. */
function integerHash(from: number, value: number): number {
  let hash = value < 0 ? Math.imul(from ^ MINUS, PRIME) : from;
  let rest = Math.abs(value);
  let unit = 1;
  while (rest / unit >= 10) unit *= 10;
  for (; unit >= 1; unit /= 10) {
    const digit = Math.floor(rest / unit);
    hash = Math.imul(hash ^ (ZERO + digit), PRIME);
    rest -= digit * unit;
  }
  return hash;
}

const MINUS = 0x2d;
const ZERO = 0x30;

function hexDigit(nibble: number): number {
  return nibble < 10 ? ZERO + nibble : 0x57 + nibble;
}

function endOfKey(hash: number): number {
  return Math.imul(hash, PRIME);
}

function hashText(from: number, text: string): number {
  let hash = from;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return bytesHash(from, Buffer.from(text, 'utf8'));
    hash = Math.imul(hash ^ unit, PRIME);
  }
  return hash;
}

function bytesHash(from: number, bytes: Uint8Array): number {
  let hash = from;
  // By index: an iterator takes several times as long.
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME);
  return hash;
}
