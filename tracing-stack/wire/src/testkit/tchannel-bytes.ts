// A second way to TChannel's frames, so dumb that it can be checked by eye.

type Bytes = readonly number[];

/** An integer in `size` bytes, high ones first. */
export function bigEndian(value: number | bigint, size: number): Bytes {
  return Array.from({ length: size }, (_, i) =>
    Number((BigInt(value) >> BigInt(8 * (size - 1 - i))) & 255n),
  );
}

/** A text or bytes behind their length, which takes `size` bytes. */
export function tchannelText(text: string | Uint8Array, size: 1 | 2): Bytes {
  const bytes = Buffer.from(text);
  return [...bigEndian(bytes.length, size), ...bytes];
}

export function tchannelFrame(type: number, id: number, ...fields: Bytes[]): Buffer {
  const payload = fields.flat();
  const header = [...bigEndian(16 + payload.length, 2), type, 0, ...bigEndian(id, 4)];
  return Buffer.from([...header, 0, 0, 0, 0, 0, 0, 0, 0, ...payload]);
}
