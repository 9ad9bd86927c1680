// A second way to Thrift's compact protocol, so dumb that it can be checked by eye: every field header is written in its
// long form (type byte, then the id), every list header too. Tests lay a struct out field by field with it, right or wrong.

type Bytes = readonly number[];

export function compactVarint(value: number | bigint): Bytes {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

/** An i16, i32 or i64. */
export function compactInteger(value: number | bigint): Bytes {
  const signed = BigInt(value);
  return compactVarint(signed >= 0n ? 2n * signed : -2n * signed - 1n);
}

export function compactText(text: string | Uint8Array): Bytes {
  const bytes = Buffer.from(text);
  return [...compactVarint(bytes.length), ...bytes];
}

export function compactDouble(value: number): Bytes {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [...bytes];
}

/** A field of type `type` (a `CompactType`). A boolean has its value in the type and no bytes. */
export function compactField(id: number, type: number, value: Bytes = []): Bytes {
  return [type, ...compactInteger(id), ...value];
}

export function compactStruct(...fields: Bytes[]): Bytes {
  return [...fields.flat(), 0];
}

export function compactList(elementType: number, items: readonly Bytes[]): Bytes {
  return [0xf0 | elementType, ...compactVarint(items.length), ...items.flat()];
}

/** A message: type 1 is a call, 4 a one-way call. */
export function compactMessage(type: number, method: string, args: Bytes): Uint8Array {
  return Uint8Array.from([0x82, (type << 5) | 1, 0, ...compactText(method), ...args]);
}
