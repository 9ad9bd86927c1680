import { ThriftWriter } from './thrift-writer.ts';

/** Writes Thrift's compact protocol. */
export class CompactWriter extends ThriftWriter {
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

  double(value: number): void {
    this.reserve(8);
    this.length = this.buffer.writeDoubleLE(value, this.length);
  }

  protected size(bytes: number): void {
    this.varint32(bytes);
  }

  /** A zigzag varint of 64 bits. */
  halves(high: number, low: number): void {
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
}
