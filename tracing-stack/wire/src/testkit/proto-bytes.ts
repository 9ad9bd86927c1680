// A second way to protocol buffers, so dumb that it can be checked by eye. Tests lay a message out field by field with it,
// right or wrong.

type Bytes = readonly number[];

export function protoVarint(value: number | bigint): Bytes {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

/** A field of wire type 0; a negative value takes ten bytes. */
export function protoInteger(number: number, value: number | bigint): Bytes {
  return [...protoVarint(8 * number), ...protoVarint(value)];
}

/** A field of wire type 1. */
export function protoDouble(number: number, value: number): Bytes {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [...protoVarint(8 * number + 1), ...bytes];
}

/** A field of wire type 2: text, bytes, or a message made of such fields. */
export function protoBytes(number: number, value: string | Uint8Array | Bytes): Bytes {
  const bytes = Buffer.from(value as Uint8Array);
  return [...protoVarint(8 * number + 2), ...protoVarint(bytes.length), ...bytes];
}

export function protoMessage(...fields: Bytes[]): Uint8Array {
  return Uint8Array.from(fields.flat());
}
