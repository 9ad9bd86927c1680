import { DecodeError } from '../decode-error.ts';

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

const MAX_DEPTH = 64;

/** Reads Thrift's compact protocol from one buffer. Throws `DecodeError` and nothing else. */
export class CompactReader {
  readonly bytes: Buffer;
  offset: number;
  /** Type of the field that `nextField` just read. */
  fieldType = 0;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  byte(): number {
    const value = this.bytes[this.offset];
    if (value === undefined) throw new DecodeError('truncated', this.offset, 'bytes end early');
    this.offset++;
    return value;
  }

  /** An unsigned LEB128 integer of at most 32 bits. */
  varint32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new DecodeError('bad-varint', this.offset, 'integer longer than 32 bits');
  }

  i32(): number {
    const value = this.varint32();
    return (value >>> 1) ^ -(value & 1);
  }

  i64(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
    throw new DecodeError('bad-varint', this.offset, 'integer longer than 64 bits');
  }

  double(): number {
    this.require(8);
    const value = this.bytes.readDoubleLE(this.offset);
    this.offset += 8;
    return value;
  }

  binary(): Buffer {
    const length = this.varint32();
    this.require(length);
    const value = this.bytes.subarray(this.offset, this.offset + length);
    this.offset += length;
    return value;
  }

  string(): string {
    return this.binary().toString('utf8');
  }

  /** Reads a field header and returns the field's id, or -1 at the end of the struct. */
  nextField(previousId: number): number {
    const header = this.byte();
    this.fieldType = header & 0x0f;
    if (this.fieldType === CompactType.STOP) return -1;
    const delta = header >> 4;
    return delta === 0 ? this.i32() : previousId + delta;
  }

  /** Reads a list header: element type and count. */
  list(): { type: number; count: number } {
    const header = this.byte();
    const short = header >> 4;
    return { type: header & 0x0f, count: short === 15 ? this.varint32() : short };
  }

  skip(type: number, depth = 0): void {
    if (depth > MAX_DEPTH) throw new DecodeError('too-deep', this.offset, 'nested too deep');
    switch (type) {
      case CompactType.TRUE:
      case CompactType.FALSE:
        return;
      case CompactType.I8:
        this.byte();
        return;
      case CompactType.I16:
      case CompactType.I32:
      case CompactType.I64:
        this.i64();
        return;
      case CompactType.DOUBLE:
        this.double();
        return;
      case CompactType.BINARY:
        this.binary();
        return;
      case CompactType.LIST:
      case CompactType.SET: {
        const { type: element, count } = this.list();
        for (let i = 0; i < count; i++) this.skipElement(element, depth + 1);
        return;
      }
      case CompactType.MAP: {
        const count = this.varint32();
        if (count === 0) return;
        const types = this.byte();
        for (let i = 0; i < count; i++) {
          this.skipElement(types >> 4, depth + 1);
          this.skipElement(types & 0x0f, depth + 1);
        }
        return;
      }
      case CompactType.STRUCT:
        while (this.nextField(0) >= 0) this.skip(this.fieldType, depth + 1);
        return;
      default:
        throw new DecodeError('bad-type', this.offset, `unknown compact type ${type}`);
    }
  }

  /** A boolean takes a byte of its own inside a container. */
  private skipElement(type: number, depth: number): void {
    if (type === CompactType.TRUE || type === CompactType.FALSE) this.byte();
    else this.skip(type, depth);
  }

  private require(length: number): void {
    if (this.offset + length > this.bytes.length) {
      throw new DecodeError('truncated', this.offset, 'bytes end early');
    }
  }
}
