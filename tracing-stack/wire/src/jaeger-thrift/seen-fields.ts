import { DecodeError } from '../decode-error.ts';

/**
 * Adds field `key` to the set of ids seen in a struct. A field that comes twice is refused: no writer does that, and
 * index and spans must not differ about which of the two counts.
 */
export function see(seen: number, key: number, offset: number): number {
  const bit = 1 << (key >> 4);
  if ((seen & bit) !== 0) {
    throw new DecodeError('bad-message', offset, `field ${key >> 4} stands twice in one struct`);
  }
  return seen | bit;
}

/** Refuses a struct without one of its required fields, as Jaeger does. */
export function requireFields(
  seen: number,
  required: number,
  struct: string,
  offset: number,
): void {
  const missing = required & ~seen;
  if (missing === 0) return;
  const id = 31 - Math.clz32(missing & -missing);
  throw new DecodeError('missing-field', offset, `required field ${id} of ${struct} is missing`);
}
