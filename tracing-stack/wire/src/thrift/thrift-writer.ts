import { CompactType } from './compact-type.ts';

/**
 * Writes a Thrift protocol into a buffer that grows. What is common to both protocols: structs are written field by field
 * in the order of ids, and types are named by `CompactType`, also to the binary protocol, which has numbers of its own.
 */
export abstract class ThriftWriter {
  protected buffer: Buffer;
  protected length = 0;

  constructor(capacity = 512) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  /** The header of field `key`, which follows field `previous` of its struct (STOP at the start); returns `key`. */
  abstract field(key: number, previous: number): number;
  /** The header of a list of elements of `type`. */
  abstract list(type: number, count: number): void;
  abstract int32(value: number): void;
  abstract double(value: number): void;
  /** Of a string or binary. */
  protected abstract size(bytes: number): void;
  /** An i64 from its halves, both int32. */
  abstract halves(high: number, low: number): void;

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

  binary(value: Uint8Array): void {
    this.size(value.length);
    this.raw(value);
  }

  string(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.size(length);
    this.reserve(length);
    this.buffer.write(value, this.length, 'utf8');
    this.length += length;
  }

  stop(): void {
    this.byte(CompactType.STOP);
  }

  protected reserve(count: number): void {
    if (this.length + count <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + count));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}
