import { CompactType } from './compact-type.ts';

/** Writes Thrift's compact protocol into a buffer that grows. Fields of a struct must be written in the order of ids. */
export class CompactWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(capacity = 512) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** What was written: a view, valid until the next write. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  /** Bytes as they are, without their length. */
  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }

  /** An unsigned LEB128 integer of 32 bits. */
  varint32(value: number): void {
    this.reserve(5);
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.buffer[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }

  int32(value: number): void {
    this.varint32((value << 1) ^ (value >> 31));
  }

  int64(value: bigint): void {
    this.halves(Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value)));
  }

  /** A number as i64, without its fraction; exact up to 2^53. */
  int64FromNumber(value: number): void {
    const whole = Math.trunc(value);
    this.halves(Math.floor(whole / 0x1_0000_0000) | 0, whole | 0);
  }

  /** An id of 16 hex digits as i64. */
  int64FromHex(hex: string): void {
    this.halves(Number.parseInt(hex.slice(0, 8), 16) | 0, Number.parseInt(hex.slice(8), 16) | 0);
  }

  double(value: number): void {
    this.reserve(8);
    this.length = this.buffer.writeDoubleLE(value, this.length);
  }

  binary(value: Uint8Array): void {
    this.varint32(value.length);
    this.raw(value);
  }

  string(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.varint32(length);
    this.reserve(length);
    this.buffer.write(value, this.length, 'utf8');
    this.length += length;
  }

  /** The header of field `key`, which follows field `previous` of its struct (STOP at the start); returns `key`. */
  field(key: number, previous: number): number {
    const delta = (key >> 4) - (previous >> 4);
    if (delta > 0 && delta < 16) this.byte((delta << 4) | (key & 0x0f));
    else {
      this.byte(key & 0x0f);
      this.int32(key >> 4);
    }
    return key;
  }

  list(type: number, count: number): void {
    if (count < 15) this.byte((count << 4) | type);
    else {
      this.byte(0xf0 | type);
      this.varint32(count);
    }
  }

  stop(): void {
    this.byte(CompactType.STOP);
  }

  /** A zigzag varint of 64 bits from its halves. */
  private halves(high: number, low: number): void {
    this.reserve(10);
    const sign = high >> 31;
    let upper = (((high << 1) | (low >>> 31)) ^ sign) >>> 0;
    let lower = ((low << 1) ^ sign) >>> 0;
    while (upper !== 0 || lower >= 0x80) {
      this.buffer[this.length++] = (lower & 0x7f) | 0x80;
      lower = ((lower >>> 7) | (upper << 25)) >>> 0;
      upper >>>= 7;
    }
    this.buffer[this.length++] = lower;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + count));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}
