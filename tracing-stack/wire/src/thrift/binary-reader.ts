import { COMPACT_OF_BINARY } from './binary-type.ts';
import { CompactType, fieldKey, STOP } from './compact-type.ts';
import { ThriftReader } from './thrift-reader.ts';

/** Reads Thrift's binary protocol: integers of fixed size, high bytes first. */
export class BinaryReader extends ThriftReader {
  int16(): number {
    const { offset } = this;
    this.pass(2);
    return this.bytes.readInt16BE(offset);
  }

  int32(): number {
    const { bytes, offset } = this;
    this.pass(4);
    return int32At(bytes, offset);
  }

  int64(): void {
    const { bytes, offset } = this;
    this.pass(8);
    this.high = int32At(bytes, offset);
    this.low = int32At(bytes, offset + 4);
  }

  double(): number {
    const start = this.offset;
    this.pass(8);
    return this.bytes.readDoubleBE(start);
  }

  binary(): number {
    const length = this.int32();
    if (length < 0) throw this.negative(length);
    const start = this.offset;
    this.pass(length);
    return start;
  }

  /** Type, id (i16); the value of a boolean is read with them. */
  field(_previous: number): number {
    const { bytes, offset } = this;
    const type = this.byte();
    if (type === STOP) return STOP;
    this.pass(2);
    const id = (((bytes[offset + 1] as number) << 24) >> 16) | (bytes[offset + 2] as number);
    const compact = this.typeAt(offset);
    if (compact !== CompactType.TRUE) return fieldKey(id, compact);
    return fieldKey(id, this.byte() === 1 ? CompactType.TRUE : CompactType.FALSE);
  }

  /** Element type, count (i32). */
  list(): number {
    const { offset } = this;
    this.pass(1);
    const count = this.checkedCount(this.int32(), 1);
    this.elementType = count === 0 ? 0 : this.typeAt(offset);
    return count;
  }

  /** Key type, value type, count (i32). */
  map(): number {
    const { offset } = this;
    this.pass(2);
    const count = this.checkedCount(this.int32(), 2);
    this.keyType = count === 0 ? 0 : this.typeAt(offset);
    this.elementType = count === 0 ? 0 : this.typeAt(offset + 1);
    return count;
  }

  protected skipInteger(type: number): void {
    this.pass(type === CompactType.I64 ? 8 : type === CompactType.I32 ? 4 : 2);
  }

  private typeAt(offset: number): number {
    const type = this.bytes[offset] as number;
    const compact = COMPACT_OF_BINARY[type] as number;
    if (compact === 0) throw this.unknownType(type, offset);
    return compact;
  }
}

function int32At(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}
