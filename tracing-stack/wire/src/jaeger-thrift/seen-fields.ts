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

/** A struct's fields by their names, its own name, and which of the fields are required. */
export type StructFields = Readonly<Record<string, number | string>> & { readonly struct: string };

/** Refuses a struct without one of its required fields, as Jaeger does. */
export function requireFields(
  seen: number,
  required: number,
  fields: StructFields,
  offset: number,
): void {
  const missing = required & ~seen;
  if (missing === 0) return;
  const id = 31 - Math.clz32(missing & -missing);
  const { struct, required: _, ...keys } = fields;
  const [name] = Object.entries(keys).find(([, key]) => Number(key) >> 4 === id) ?? [`${id}`];
  const message = `required field ${name} of ${struct} is missing`;
  throw new DecodeError('missing-field', offset, message, name);
}
