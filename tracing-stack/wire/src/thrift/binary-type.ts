import { CompactType } from './compact-type.ts';

/** Type ids of Thrift's binary protocol, of which there is one for both booleans. */
const BinaryType = {
  STOP: 0,
  BOOL: 2,
  I8: 3,
  DOUBLE: 4,
  I16: 6,
  I32: 8,
  I64: 10,
  BINARY: 11,
  STRUCT: 12,
  MAP: 13,
  SET: 14,
  LIST: 15,
} as const;

/** The `BinaryType` of each `CompactType`. */
export const BINARY_OF_COMPACT = new Uint8Array(13);

/** The `CompactType` of each `BinaryType`, 0 where there is none: STOP, and what is no type. BOOL is TRUE here. */
export const COMPACT_OF_BINARY = new Uint8Array(256);

for (const name of [
  'I8',
  'DOUBLE',
  'I16',
  'I32',
  'I64',
  'BINARY',
  'STRUCT',
  'MAP',
  'SET',
  'LIST',
] as const) {
  BINARY_OF_COMPACT[CompactType[name]] = BinaryType[name];
  COMPACT_OF_BINARY[BinaryType[name]] = CompactType[name];
}
BINARY_OF_COMPACT[CompactType.TRUE] = BinaryType.BOOL;
BINARY_OF_COMPACT[CompactType.FALSE] = BinaryType.BOOL;
COMPACT_OF_BINARY[BinaryType.BOOL] = CompactType.TRUE;
