import { DecodeError } from '../decode-error.ts';
import type { TextCache } from '../text-cache.ts';
import { CompactType, STOP } from './compact-type.ts';

/** Containers inside a skipped value. Jaeger's own structs nest four deep. */
export const MAX_DEPTH = 64;

/**
 * Reads a Thrift protocol from one buffer. What is common to both protocols, and what the code that reads structs sees of
 * them: fields as `fieldKey`, types as `CompactType`, also from the binary protocol, which has numbers of its own. Throws
 * `DecodeError` and nothing else.
 */
export abstract class ThriftReader {
  readonly bytes: Buffer;
  readonly end: number;
  offset: number;
  /** The halves of the integer that `int64` read last, both as int32. */
  high = 0;
  low = 0;
  /** Element type of the list that `list` opened last, and value type of the map. */
  elementType = 0;
  keyType = 0;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
    this.offset = offset;
  }

  /**
   * Reads a field header: `fieldKey` of the field, or STOP at the end of the struct. `previous` is the last result in
   * this struct, or STOP at its start. A boolean's value is in the key.
   */
  abstract field(previous: number): number;
  /** Reads a list or set header and returns the count, which is at most the number of bytes that are left. */
  abstract list(): number;
  /** Reads a map header like `list`. */
  abstract map(): number;
  abstract int16(): number;
  abstract int32(): number;
  /** Reads 64 bits into `high` and `low`. No BigInt is made: most callers want bytes or a number. */
  abstract int64(): void;
  abstract double(): number;
  /** Reads the length of a string or binary and passes over its bytes; they go from the result to `offset`. */
  abstract binary(): number;
  /** Passes over an I16, I32 or I64. */
  protected abstract skipInteger(type: number): void;

  byte(): number {
    if (this.offset >= this.end) throw this.truncated();
    return this.bytes[this.offset++] as number;
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

  /** Reads the header of a list of structs, each of which takes `least` bytes or more. */
  structs(least = 1): number {
    const count = this.list();
    if (count > 0 && this.elementType !== CompactType.STRUCT) {
      throw new DecodeError('bad-type', this.offset, 'a list of structs was expected');
    }
    return this.checkedCount(count, least);
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
        this.skipInteger(type);
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
        const count = this.map();
        const { keyType, elementType } = this;
        for (let i = 0; i < count; i++) {
          this.skip(keyType, depth);
          this.skip(elementType, depth);
        }
        return;
      }
      case CompactType.STRUCT:
        this.skipStruct(depth);
        return;
      default:
        throw this.unknownType(type, this.offset);
    }
  }

  private skipStruct(depth: number): void {
    for (let key = this.field(STOP); key !== STOP; key = this.field(key)) {
      const type = key & 0x0f;
      if (type !== CompactType.TRUE && type !== CompactType.FALSE) this.skip(type, depth);
    }
  }

  /** A count of elements of at least `size` bytes each. */
  protected checkedCount(count: number, size: number): number {
    if (count < 0) throw this.negative(count);
    if (count * size > this.end - this.offset) throw this.truncated();
    return count;
  }

  protected pass(length: number): void {
    if (length > this.end - this.offset) throw this.truncated();
    this.offset += length;
  }

  protected truncated(): DecodeError {
    return new DecodeError('truncated', this.offset, 'the bytes end too early');
  }

  protected negative(length: number): DecodeError {
    return new DecodeError('negative-length', this.offset, `a length of ${length}`);
  }

  protected unknownType(type: number, offset: number): DecodeError {
    return new DecodeError('bad-type', offset, `unknown data type ${type}`, `${type}`);
  }
}
