/** Lower-case hex of `bytes`, from `offset`, `length` bytes. No Buffer: the model also runs in a browser. */
export function hexFromBytes(
  bytes: Uint8Array,
  offset = 0,
  length = bytes.length - offset,
): string {
  let hex = '';
  for (let i = offset; i < offset + length; i++) hex += HEX_BYTES[bytes[i] ?? 0];
  return hex;
}

/** The bytes of an even number of hex digits. */
export function bytesFromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
