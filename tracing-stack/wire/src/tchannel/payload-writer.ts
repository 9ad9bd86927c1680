/** Puts the fields of a payload together, high bytes first. A text that is too long for its length is a `RangeError`. */
export class PayloadWriter {
  private readonly parts: Buffer[] = [];

  uint8(value: number): this {
    return this.raw(Buffer.of(value));
  }

  uint16(value: number): this {
    const bytes = Buffer.allocUnsafe(2);
    bytes.writeUInt16BE(value);
    return this.raw(bytes);
  }

  uint32(value: number): this {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32BE(value);
    return this.raw(bytes);
  }

  raw(bytes: Uint8Array): this {
    this.parts.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return this;
  }

  /** `x~1` */
  text8(text: string): this {
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length > 0xff) throw new RangeError(`[wire] a text of ${bytes.length} bytes`);
    return this.uint8(bytes.length).raw(bytes);
  }

  /** `x~2` */
  text16(text: string): this {
    const bytes = Buffer.from(text, 'utf8');
    return this.uint16(bytes.length).raw(bytes);
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}
