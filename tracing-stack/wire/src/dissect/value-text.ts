import type { Field } from './structure.ts';

/** More of a text or of bytes is not told: the bytes themselves stand beside it. */
const MOST_CHARACTERS = 200;
const MOST_BYTES = 32;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Bytes as text if they are one, else in hex. */
export function bytesText(bytes: Uint8Array, as?: Field['as']): string {
  if (as !== 'id' && as !== 'bytes' && as !== 'ip') {
    const text = textOf(bytes);
    if (text !== undefined) return shortened(text);
  }
  if (as === 'ip' && bytes.length === 4) return bytes.join('.');
  return bytes.length <= MOST_BYTES ? hexOf(bytes) : `${hexOf(bytes.subarray(0, MOST_BYTES))}…`;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    // It says so of what is no UTF-8.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** An integer with what it stands for: `0 CHILD_OF`, a time with its date, an id in hex. */
export function integerText(value: bigint, field: Field | undefined): string {
  if (field?.as === 'id') return idHex(value);
  if (field?.as === 'ip') return [24n, 16n, 8n, 0n].map((by) => (value >> by) & 0xffn).join('.');
  if (field?.as === 'micros') return withDate(value, 1_000n);
  if (field?.as === 'nanos') return withDate(value, 1_000_000n);
  const named = field?.values?.[Number(value)];
  return named === undefined ? `${value}` : `${value} ${named}`;
}

/** 64 bits as 16 digits. */
export function idHex(value: bigint): string {
  return BigInt.asUintN(64, value).toString(16).padStart(16, '0');
}

function withDate(value: bigint, perMilli: bigint): string {
  const date = new Date(Number(value / perMilli));
  return Number.isNaN(date.getTime()) ? `${value}` : `${value} (${date.toISOString()})`;
}
