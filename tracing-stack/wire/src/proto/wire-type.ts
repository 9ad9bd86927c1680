/** How a value is laid out: the low three bits of a tag. Groups are long deprecated, but may still be skipped. */
export const WireType = {
  VARINT: 0,
  FIXED64: 1,
  LENGTH: 2,
  GROUP_START: 3,
  GROUP_END: 4,
  FIXED32: 5,
} as const;

/** What `ProtoReader.tag` gives at the end of a message. */
export const END = 0;

/**
 * A field's number and wire type in one number, as it stands on the wire. A known number that comes with another wire
 * type is another tag, so that a `switch` takes it for an unknown field, as the specification asks.
 */
export function fieldTag(number: number, wireType: number): number {
  return (number << 3) | wireType;
}
