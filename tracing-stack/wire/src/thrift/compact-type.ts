/** Type ids of Thrift's compact protocol. A boolean field carries its value in the type. */
export const CompactType = {
  STOP: 0,
  TRUE: 1,
  FALSE: 2,
  I8: 3,
  I16: 4,
  I32: 5,
  I64: 6,
  DOUBLE: 7,
  BINARY: 8,
  LIST: 9,
  SET: 10,
  MAP: 11,
  STRUCT: 12,
} as const;

/** What `CompactReader.field` gives at the end of a struct. */
export const STOP = 0;

/**
 * A field's id and type in one number, as `CompactReader.field` gives it. A known id that comes with another type is
 * another number, so that a `switch` takes it for an unknown field, as Thrift's generated code does.
 */
export function fieldKey(id: number, type: number): number {
  return (id << 4) | type;
}
