/** What Cassandra takes as a key, in bytes; a key of several columns has three more for each. */
const KEY_BYTES = 65_535;

/**
 * Whether these values can be the key of a partition: where not, there is no row, and to ask for one is an error. Of
 * several columns each may be empty; one alone may not.
 */
export function isKey(values: readonly unknown[]): boolean {
  const isEmpty = values.length === 1 && values[0] === '';
  return !isEmpty && isShortEnough(values);
}

/** Whether these values are no longer than a key may be. */
export function isShortEnough(values: readonly unknown[]): boolean {
  let bytes = 0;
  for (const value of values) {
    bytes += 3 + (typeof value === 'string' ? Buffer.byteLength(value) : 16);
  }
  return bytes <= KEY_BYTES;
}
