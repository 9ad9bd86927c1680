import { DecodeError } from '../decode-error.ts';
import type { TextCache } from '../text-cache.ts';
import { CompactType, fieldKey, STOP } from './compact-type.ts';

/** Containers inside a skipped value. Jaeger's own structs nest four deep. */
const MAX_DEPTH = 64;

/** Reads Thrift's compact protocol from one buffer. Throws `DecodeError` and nothing else. */
export class CompactReader {
  readonly bytes: Buffer;
  readonly end: number;
  offset: number;
  /** The halves of the integer that `int64` read last, both as int32. */
  high = 0;
  low = 0;
  /** Element type of the list that `list` opened last. */
  elementType = 0;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
    this.offset = offset;
  }

  byte(): number {
    if (this.offset >= this.end) throw this.truncated();
    return this.bytes[this.offset++] as number;
  }

  /** A LEB128 integer of at most five bytes, as int32: what is 2^31 or more comes out negative. */
  varint32(): number {
    const { bytes, offset } = this;
    const limit = Math.min(this.end, offset + 5);
    let value = 0;
    for (let i = offset, shift = 0; i < limit; i++, shift += 7) {
      const byte = bytes[i] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.offset = i + 1;
        return value;
      }
    }
    throw this.endlessVarint(limit, 5);
  }

  /** A zigzag integer: 0, -1, 1, -2 … are 0, 1, 2, 3 on the wire. */
  int32(): number {
    const value = this.varint32();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads a zigzag integer of 64 bits into `high` and `low`. No BigInt is made: most callers want bytes or a number. */
  int64(): void {
    const { bytes, offset } = this;
    const limit = Math.min(this.end, offset + 10);
    let low = 0;
    let high = 0;
    for (let i = offset, shift = 0; i < limit; i++, shift += 7) {
      const byte = bytes[i] as number;
      if (shift < 28) low |= (byte & 0x7f) << shift;
      else if (shift > 28) high |= (byte & 0x7f) << (shift - 32);
      else {
        low |= byte << 28;
        high = (byte & 0x7f) >> 4;
      }
      if (byte < 0x80) {
        const sign = -(low & 1);
        this.low = ((low >>> 1) | (high << 31)) ^ sign;
        this.high = (high >>> 1) ^ sign;
        this.offset = i + 1;
        return;
      }
    }
    throw this.endlessVarint(limit, 10);
  }

  /** The integer that `int64` reads, as a number: exact up to 2^53. */
  int64AsNumber(): number {
    this.int64();
    return this.high * 0x1_0000_0000 + (this.low >>> 0);
  }

  int64AsBigInt(): bigint {
    this.int64();
    return this.high === this.low >> 31
      ? BigInt(this.low)
      : (BigInt(this.high) << 32n) | BigInt(this.low >>> 0);
  }

  double(): number {
    const start = this.offset;
    this.pass(8);
    return this.bytes.readDoubleLE(start);
  }

  /** Reads the length of a string or binary and passes over its bytes; they go from the result to `offset`. */
  binary(): number {
    const length = this.varint32();
    if (length < 0) throw this.negative(length);
    const start = this.offset;
    this.pass(length);
    return start;
  }

  /** The bytes that `binary` passes over, as a view of the input without Buffer's methods. */
  binaryView(): Uint8Array {
    const start = this.binary();
    return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + start, this.offset - start);
  }

  /** A string, by way of `cache`. Invalid UTF-8 becomes U+FFFD. */
  text(cache: TextCache): string {
    const start = this.binary();
    return cache.text(this.bytes, start, this.offset);
  }

  /**
   * Reads a field header: `fieldKey` of the field, or STOP at the end of the struct. `previous` is the last result in
   * this struct, or STOP at its start; short headers count the id from there.
   */
  field(previous: number): number {
    const header = this.byte();
    const type = header & 0x0f;
    if (type === CompactType.STOP) return STOP;
    const delta = header >> 4;
    // Long headers hold the id as a zigzag i16.
    return fieldKey(delta === 0 ? (this.int32() << 16) >> 16 : (previous >> 4) + delta, type);
  }

  /** Reads a list or set header and returns the count, which is at most the number of bytes that are left. */
  list(): number {
    const header = this.byte();
    this.elementType = header & 0x0f;
    const short = header >> 4;
    return short === 15 ? this.count(1) : this.checkedCount(short, 1);
  }

  /** Reads the header of a list of structs. */
  structs(): number {
    const count = this.list();
    if (count > 0 && this.elementType !== CompactType.STRUCT) {
      throw new DecodeError('bad-type', this.offset, 'a list of structs was expected');
    }
    return count;
  }

  /** Passes over the value of a field that `field` gave. */
  skipField(key: number): void {
    const type = key & 0x0f;
    if (type !== CompactType.TRUE && type !== CompactType.FALSE) this.skip(type, 0);
  }

  /** Passes over a value of `type`, inside `depth` containers; a boolean takes a byte of its own here. */
  private skip(type: number, depth: number): void {
    switch (type) {
      case CompactType.TRUE:
      case CompactType.FALSE:
      case CompactType.I8:
        this.byte();
        return;
      case CompactType.I16:
      case CompactType.I32:
      case CompactType.I64:
        this.int64();
        return;
      case CompactType.DOUBLE:
        this.pass(8);
        return;
      case CompactType.BINARY:
        this.binary();
        return;
      default:
        this.skipContainer(type, depth + 1);
    }
  }

  private skipContainer(type: number, depth: number): void {
    if (depth > MAX_DEPTH) {
      throw new DecodeError('too-deep', this.offset, `more than ${MAX_DEPTH} containers`);
    }
    switch (type) {
      case CompactType.LIST:
      case CompactType.SET: {
        const count = this.list();
        const { elementType } = this;
        for (let i = 0; i < count; i++) this.skip(elementType, depth);
        return;
      }
      case CompactType.MAP: {
        const count = this.count(2);
        // An empty map has no types.
        const types = count === 0 ? 0 : this.byte();
        for (let i = 0; i < count; i++) {
          this.skip(types >> 4, depth);
          this.skip(types & 0x0f, depth);
        }
        return;
      }
      case CompactType.STRUCT:
        this.skipStruct(depth);
        return;
      default:
        throw new DecodeError('bad-type', this.offset, `unknown compact type ${type}`);
    }
  }

  private skipStruct(depth: number): void {
    for (let key = this.field(STOP); key !== STOP; key = this.field(key)) {
      const type = key & 0x0f;
      if (type !== CompactType.TRUE && type !== CompactType.FALSE) this.skip(type, depth);
    }
  }

  /** A count of elements of at least `size` bytes each. */
  private count(size: number): number {
    return this.checkedCount(this.varint32(), size);
  }

  private checkedCount(count: number, size: number): number {
    if (count < 0) throw this.negative(count);
    if (count * size > this.end - this.offset) throw this.truncated();
    return count;
  }

  private pass(length: number): void {
    if (length > this.end - this.offset) throw this.truncated();
    this.offset += length;
  }

  private truncated(): DecodeError {
    return new DecodeError('truncated', this.offset, 'the bytes end too early');
  }

  private negative(length: number): DecodeError {
    return new DecodeError('negative-length', this.offset, `a length of ${length}`);
  }

  private endlessVarint(limit: number, longest: number): DecodeError {
    if (limit - this.offset < longest) return this.truncated();
    return new DecodeError('bad-varint', this.offset, `an integer of more than ${longest} bytes`);
  }
}
