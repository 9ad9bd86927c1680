// A second way to Thrift's protocols, so dumb that it can be checked by eye: compact field headers are written in their
// long form (type byte, then the id), every list header too. Tests lay a struct out field by field with it, right or wrong.

import { CompactType } from '../thrift/compact-type.ts';

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

/** Either protocol as tests write it down. Types are `CompactType` to both. */
export interface ThriftLayout {
  i32(value: number): Bytes;
  i64(value: number | bigint): Bytes;
  text(text: string | Uint8Array): Bytes;
  double(value: number): Bytes;
  field(id: number, type: number, value?: Bytes): Bytes;
  struct(...fields: Bytes[]): Bytes;
  list(elementType: number, items: readonly Bytes[]): Bytes;
  /** Of at least one entry. */
  map(keyType: number, valueType: number, entries: readonly Bytes[]): Bytes;
  message(type: number, method: string, args: Bytes): Uint8Array;
}

export const compactLayout: ThriftLayout = {
  i32: compactInteger,
  i64: compactInteger,
  text: compactText,
  double: compactDouble,
  field: compactField,
  struct: compactStruct,
  list: compactList,
  map: (keyType, valueType, entries) => [
    ...compactVarint(entries.length),
    (keyType << 4) | valueType,
    ...entries.flat(),
  ],
  message: compactMessage,
};

/** The binary protocol's number of each `CompactType`. */
const BINARY_TYPES = [0, 2, 2, 3, 6, 8, 10, 4, 11, 15, 14, 13, 12];
const binaryType = (type: number) => BINARY_TYPES[type] ?? type;

/** The low bytes of an integer, high ones first. */
function fixed(value: number | bigint, size: number): Bytes {
  const bits = BigInt.asUintN(64, BigInt(value));
  return Array.from({ length: size }, (_, i) =>
    Number((bits >> BigInt(8 * (size - 1 - i))) & 255n),
  );
}

export const binaryLayout: ThriftLayout = {
  i32: (value) => fixed(value, 4),
  i64: (value) => fixed(value, 8),
  text(text) {
    const bytes = Buffer.from(text);
    return [...fixed(bytes.length, 4), ...bytes];
  },
  double: (value) => [...compactDouble(value)].reverse(),
  field(id, type, value = []) {
    const bool = type === 1 || type === 2 ? [type === 1 ? 1 : 0] : [];
    return [binaryType(type), ...fixed(id, 2), ...bool, ...value];
  },
  struct: compactStruct,
  list: (elementType, items) => [
    binaryType(elementType),
    ...fixed(items.length, 4),
    ...items.flat(),
  ],
  map: (keyType, valueType, entries) => [
    ...[binaryType(keyType), binaryType(valueType)],
    ...fixed(entries.length, 4),
    ...entries.flat(),
  ],
  /** In the strict form. */
  message: (type, method, args) =>
    Uint8Array.from([0x80, 1, 0, type, ...binaryLayout.text(method), 0, 0, 0, 0, ...args]),
};

/** A message without a version, as writers before Thrift 0.2 sent it. */
export function oldBinaryMessage(type: number, method: string, args: Bytes): Uint8Array {
  return Uint8Array.from([...binaryLayout.text(method), type, 0, 0, 0, 0, ...args]);
}

/** A datagram of UDP 6831 or 6832: the call `emitBatch` with a Batch. */
export function emitBatchCall(layout: ThriftLayout, batch: Bytes): Uint8Array {
  return layout.message(4, 'emitBatch', layout.struct(layout.field(1, CompactType.STRUCT, batch)));
}
