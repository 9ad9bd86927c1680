import { DecodeError } from '../decode-error.ts';
import { CompactType, fieldKey, STOP } from './compact-type.ts';
import { ThriftReader } from './thrift-reader.ts';

/** Reads Thrift's compact protocol. */
export class CompactReader extends ThriftReader {
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

  int16(): number {
    return (this.int32() << 16) >> 16;
  }

  /** A zigzag integer of 64 bits. */
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

  double(): number {
    const start = this.offset;
    this.pass(8);
    return this.bytes.readDoubleLE(start);
  }

  binary(): number {
    const length = this.varint32();
    if (length < 0) throw this.negative(length);
    const start = this.offset;
    this.pass(length);
    return start;
  }

  /** Short headers count the id from that of `previous`. */
  field(previous: number): number {
    const header = this.byte();
    const type = header & 0x0f;
    if (type === CompactType.STOP) return STOP;
    const delta = header >> 4;
    // Long headers hold the id as a zigzag i16.
    return fieldKey(delta === 0 ? (this.int32() << 16) >> 16 : (previous >> 4) + delta, type);
  }

  list(): number {
    const header = this.byte();
    this.elementType = header & 0x0f;
    const short = header >> 4;
    return this.checkedCount(short === 15 ? this.varint32() : short, 1);
  }

  map(): number {
    const count = this.checkedCount(this.varint32(), 2);
    // An empty map has no types.
    const types = count === 0 ? 0 : this.byte();
    this.keyType = types >> 4;
    this.elementType = types & 0x0f;
    return count;
  }

  protected skipInteger(_type: number): void {
    this.int64();
  }

  private endlessVarint(limit: number, longest: number): DecodeError {
    if (limit - this.offset < longest) return this.truncated();
    return new DecodeError('bad-varint', this.offset, `an integer of more than ${longest} bytes`);
  }
}
