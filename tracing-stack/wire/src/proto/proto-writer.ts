/** Writes protocol buffers' wire format into a buffer that grows. */
export class ProtoWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(capacity = 1024) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** What was written: a view, valid until the next write. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  /** A tag, a length, or the value of a varint field: unsigned, of 32 bits. */
  varint32(value: number): void {
    this.reserve(5);
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.buffer[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }

  int64(value: bigint): void {
    this.halves(Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value)));
  }

  /** A number as int64, without its fraction; exact up to 2^53. */
  int64FromNumber(value: number): void {
    const whole = Math.trunc(value);
    this.halves(Math.floor(whole / 0x1_0000_0000) | 0, whole | 0);
  }

  double(value: number): void {
    this.reserve(8);
    this.length = this.buffer.writeDoubleLE(value, this.length);
  }

  fixed64(value: bigint): void {
    this.reserve(8);
    this.length = this.buffer.writeBigUInt64LE(BigInt.asUintN(64, value), this.length);
  }

  binary(value: Uint8Array): void {
    this.varint32(value.length);
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }

  string(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.varint32(length);
    this.reserve(length);
    this.buffer.write(value, this.length, 'utf8');
    this.length += length;
  }

  /** An id in hex as `size` big-endian bytes, padded with zeros at the front. */
  id(hex: string, size: number): void {
    this.varint32(size);
    this.reserve(size);
    this.buffer.write(hex.padStart(2 * size, '0'), this.length, 'hex');
    this.length += size;
  }

  /** Opens a message inside this one. Give the result to `close` when its fields are written. */
  open(tag: number): number {
    this.varint32(tag);
    this.reserve(1);
    // Room for a length of one byte; `close` makes more.
    return this.length++;
  }

  close(lengthAt: number): void {
    const start = lengthAt + 1;
    const length = this.length - start;
    let size = 1;
    for (let rest = length >>> 7; rest > 0; rest >>>= 7) size++;
    if (size > 1) {
      this.reserve(size - 1);
      this.buffer.copyWithin(lengthAt + size, start, this.length);
    }
    for (let i = 0; i < size; i++) {
      const more = i < size - 1 ? 0x80 : 0;
      this.buffer[lengthAt + i] = ((length >>> (7 * i)) & 0x7f) | more;
    }
    this.length = lengthAt + size + length;
  }

  private halves(high: number, low: number): void {
    this.reserve(10);
    let upper = high >>> 0;
    let lower = low >>> 0;
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
