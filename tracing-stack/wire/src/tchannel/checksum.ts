import { crc32 } from 'node:zlib';

/** How a fragment vouches for the arguments up to its end. */
export const ChecksumType = { none: 0, crc32: 1, farmhash32: 2, crc32c: 3 } as const;

export function isChecksumType(type: number): boolean {
  return type >= ChecksumType.none && type <= ChecksumType.crc32c;
}

/**
 * The sum over the bytes of all arguments so far, their lengths not among them, given the sum before `bytes`; `undefined`
 * if there is nothing to compare. Farmhash is passed over: Go's TChannel has none either, and refuses it.
 */
export function nextChecksum(type: number, before: number, bytes: Uint8Array): number | undefined {
  // zlib takes no bytes for a wish to begin anew.
  if (type === ChecksumType.crc32) return bytes.length === 0 ? before : crc32(bytes, before);
  if (type === ChecksumType.crc32c) return crc32c(bytes, before);
  return undefined;
}

/** Castagnoli's polynomial, its bits in reverse. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ ((rest & 1) * POLYNOMIAL);
  return rest;
});

function crc32c(bytes: Uint8Array, before: number): number {
  let sum = ~before;
  for (const byte of bytes) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 0xff] as number);
  return ~sum >>> 0;
}
