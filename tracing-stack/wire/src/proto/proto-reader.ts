import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import type { TextCache } from '../text-cache.ts';
import { END, WireType } from './wire-type.ts';

/** Groups inside a skipped group. */
const MAX_DEPTH = 64;

/** Reads protocol buffers' wire format from one buffer. Throws `DecodeError` and nothing else. */
export class ProtoReader {
  readonly bytes: Buffer;
  offset = 0;
  /** Where the innermost open message ends. */
  end: number;
  /** The halves of the integer that `int64` read last, both as int32. */
  high = 0;
  low = 0;
  /** Where `bytes` stand in the input, for the offsets of errors. */
  private readonly base: number;

  constructor(bytes: Uint8Array, base = 0) {
    this.base = base;
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
  }

  /** Reads the tag of the next field, or gives END at the end of the open message. */
  tag(): number {
    if (this.offset === this.end) return END;
    const start = this.offset;
    this.int64();
    // A field number has at most 29 bits, and none is zero.
    if (this.high !== 0 || this.low >>> 3 === 0) {
      throw this.error('bad-type', start, 'not a field number');
    }
    return this.low >>> 0;
  }

  /** Opens the message that stands here. Give the result to `close` when its fields are read. */
  open(): number {
    const length = this.length();
    const outer = this.end;
    this.end = this.offset + length;
    return outer;
  }

  close(outer: number): void {
    this.end = outer;
  }

  /** Reads a varint into `high` and `low`. No BigInt is made: most callers want bytes or a number. */
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
        this.low = low;
        this.high = high;
        this.offset = i + 1;
        return;
      }
    }
    if (limit - offset < 10) throw this.truncated();
    throw this.error('bad-varint', offset, 'an integer of more than 10 bytes');
  }

  /** An int32 or enum: the low half of its varint, for a negative one is sent with ten bytes. */
  int32(): number {
    this.int64();
    return this.low;
  }

  bool(): boolean {
    this.int64();
    return this.low !== 0 || this.high !== 0;
  }

  /** An int64 as a number: exact up to 2^53. */
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

  /** Eight bytes as an unsigned integer. */
  fixed64(): bigint {
    const start = this.offset;
    this.pass(8);
    return this.bytes.readBigUInt64LE(start);
  }

  /** Reads the length of a string or of bytes and passes over them; they go from the result to `offset`. */
  binary(): number {
    const length = this.length();
    const start = this.offset;
    this.offset += length;
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

  /** An error about the byte at `offset` of `bytes`. */
  error(code: DecodeErrorCode, offset: number, message: string): DecodeError {
    return new DecodeError(code, this.base + offset, message);
  }

  /** Passes over the value of a field that `tag` gave. */
  skipField(tag: number): void {
    this.skip(tag, 0);
  }

  private skip(tag: number, depth: number): void {
    switch (tag & 7) {
      case WireType.VARINT:
        this.int64();
        return;
      case WireType.FIXED64:
        this.pass(8);
        return;
      case WireType.LENGTH:
        this.binary();
        return;
      case WireType.GROUP_START:
        this.skipGroup(tag, depth + 1);
        return;
      case WireType.FIXED32:
        this.pass(4);
        return;
      default:
        throw this.error('bad-type', this.offset, `wire type ${tag & 7} begins no field`);
    }
  }

  private skipGroup(start: number, depth: number): void {
    if (depth > MAX_DEPTH) {
      throw this.error('too-deep', this.offset, `more than ${MAX_DEPTH} groups`);
    }
    const groupEnd = (start & ~7) | WireType.GROUP_END;
    for (;;) {
      const tag = this.tag();
      if (tag === END) throw this.truncated();
      if (tag >>> 0 === groupEnd >>> 0) return;
      this.skip(tag, depth);
    }
  }

  /** A length, which is at most the number of bytes that the open message has left. */
  private length(): number {
    const start = this.offset;
    this.int64();
    if (this.high < 0) throw this.error('negative-length', start, 'a negative length');
    const length = this.high * 0x1_0000_0000 + (this.low >>> 0);
    if (length > this.end - this.offset) throw this.truncated();
    return length;
  }

  private pass(length: number): void {
    if (length > this.end - this.offset) throw this.truncated();
    this.offset += length;
  }

  private truncated(): DecodeError {
    return this.error('truncated', this.offset, 'the bytes end too early');
  }
}
