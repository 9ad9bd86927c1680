import { BINARY_OF_COMPACT } from './binary-type.ts';
import { CompactType } from './compact-type.ts';
import { ThriftWriter } from './thrift-writer.ts';

/** Writes Thrift's binary protocol: integers of fixed size, high bytes first. */
export class BinaryWriter extends ThriftWriter {
  /** Type and id (i16). A boolean's value, which the key tells, follows in a byte. */
  field(key: number, _previous: number): number {
    const type = key & 0x0f;
    this.byte(BINARY_OF_COMPACT[type] as number);
    this.byte(key >> 12);
    this.byte(key >> 4);
    if (type === CompactType.TRUE) this.byte(1);
    else if (type === CompactType.FALSE) this.byte(0);
    return key;
  }

  list(type: number, count: number): void {
    this.byte(BINARY_OF_COMPACT[type] as number);
    this.int32(count);
  }

  map(keyType: number, valueType: number, count: number): void {
    this.byte(BINARY_OF_COMPACT[keyType] as number);
    this.byte(BINARY_OF_COMPACT[valueType] as number);
    this.int32(count);
  }

  int16(value: number): void {
    this.byte(value >> 8);
    this.byte(value);
  }

  int32(value: number): void {
    this.reserve(4);
    this.length = this.buffer.writeInt32BE(value | 0, this.length);
  }

  double(value: number): void {
    this.reserve(8);
    this.length = this.buffer.writeDoubleBE(value, this.length);
  }

  protected size(bytes: number): void {
    this.int32(bytes);
  }

  halves(high: number, low: number): void {
    this.int32(high);
    this.int32(low);
  }
}
