/** Keys sort as bytes, so every number in a key is written big-endian and in an order-preserving form. */

/** Length of a sequence in a key: 64 bits, big-endian. A sequence is a safe integer. */
export const SEQUENCE_LENGTH = 8;

/** Writes a sequence number at `offset` of `target`. */
export function writeSequence(target: Buffer, sequence: number, offset: number): void {
  target.writeUInt32BE(Math.floor(sequence / 0x1_0000_0000), offset);
  target.writeUInt32BE(sequence >>> 0, offset + 4);
}

/** Reads what `writeSequence` wrote. */
export function readSequence(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(offset) * 0x1_0000_0000 + view.getUint32(offset + 4);
}

/** A sequence number as a key of its own. */
export function sequenceKey(sequence: number): Buffer {
  const key = Buffer.allocUnsafe(SEQUENCE_LENGTH);
  writeSequence(key, sequence, 0);
  return key;
}

/** Length of a time in a key. */
export const TIME_LENGTH = 8;

/**
 * Writes a time (µs; any number but NaN, a span's clock may say anything) so that bytes sort as the numbers do: the
 * IEEE 754 double big-endian, with the sign bit flipped for positive numbers and all bits for negative ones.
 */
export function writeTime(target: Buffer, time: number, offset: number): void {
  target.writeDoubleBE(time === 0 ? 0 : time, offset);
  const high = target.readUInt32BE(offset);
  if (high < 0x8000_0000) {
    target.writeUInt32BE(high + 0x8000_0000, offset);
    return;
  }
  target.writeUInt32BE(~high >>> 0, offset);
  target.writeUInt32BE(~target.readUInt32BE(offset + 4) >>> 0, offset + 4);
}

/** Reads what `writeTime` wrote. */
export function readTime(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const high = view.getUint32(offset);
  const low = view.getUint32(offset + 4);
  const bits = new DataView(new ArrayBuffer(8));
  const positive = high >= 0x8000_0000;
  bits.setUint32(0, positive ? high - 0x8000_0000 : ~high >>> 0);
  bits.setUint32(4, positive ? low : ~low >>> 0);
  return bits.getFloat64(0);
}
