import type { HashSet } from './hash-set.ts';

/**
 * A Bloom filter (B. H. Bloom, 1970) over 32-bit hashes, with the double hashing of Kirsch and Mitzenmacher (2006). It
 * never misses a hash that was put in, and takes one in about a hundred others for one that was.
 */
const BITS_PER_HASH = 10;
const PROBES = 6;

/** How many bytes the filter of `count` different hashes takes. */
export function bloomLength(count: number): number {
  return Math.max(4, Math.ceil((count * BITS_PER_HASH) / 8));
}

/** Writes the filter of `hashes` into the `bloomLength(hashes.size)` zeroed bytes of `filter`. */
export function fillBloom(filter: Uint8Array, hashes: HashSet): void {
  const bits = filter.length * 8;
  hashes.forEach((hash) => {
    const step = stepOf(hash);
    let position = hash;
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = placeOf(position, bits);
      filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
      position = (position + step) >>> 0;
    }
  });
}

/** Whether `hash` may have been put into `filter`. */
export function bloomHolds(filter: Uint8Array, hash: number): boolean {
  const bits = filter.length * 8;
  const value = hash === 0 ? 1 : hash;
  const step = stepOf(value);
  let position = value;
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = placeOf(position, bits);
    if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    position = (position + step) >>> 0;
  }
  return true;
}

/** Spreads 32 bits over `bits` places; a division would cost more. */
function placeOf(position: number, bits: number): number {
  return ((position * bits) / 0x1_0000_0000) >>> 0;
}

/** A second hash from the first; odd, so that no probe falls on the place of the one before. */
function stepOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1);
  return ((mixed ^ (mixed >>> 13)) | 1) >>> 0;
}
