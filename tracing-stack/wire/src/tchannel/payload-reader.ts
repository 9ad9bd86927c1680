import { DecodeError } from '../decode-error.ts';
import { utf8Text } from '../utf8-text.ts';

/** Reads the fields of a payload, high bytes first. Throws `DecodeError` where they end too early. */
export class PayloadReader {
  private readonly bytes: Buffer;
  offset = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  uint8(): number {
    return this.bytes[this.pass(1)] as number;
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.pass(2));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.pass(4));
  }

  /** A view of the next bytes. */
  raw(length: number): Buffer {
    const start = this.pass(length);
    return this.bytes.subarray(start, start + length);
  }

  /** `x~1` */
  text8(): string {
    return this.text(this.uint8());
  }

  /** `x~2` */
  text16(): string {
    return this.text(this.uint16());
  }

  /** Refuses bytes behind the last field. */
  end(): void {
    if (this.left === 0) return;
    throw new DecodeError('bad-message', this.offset, `${this.left} bytes behind the last field`);
  }

  private text(length: number): string {
    const start = this.pass(length);
    return utf8Text(this.bytes, start, start + length);
  }

  private pass(length: number): number {
    const start = this.offset;
    if (length > this.left) {
      throw new DecodeError('truncated', start, 'the payload ends too early');
    }
    this.offset += length;
    return start;
  }
}
