import { bytesFromHex, hexFromBytes } from './hex.ts';

/**
 * A trace id as lower-case hex: 16 digits when the high 64 bits are zero, else 32, as Jaeger prints it.
 * Ids are never `number`: 64 bits do not fit.
 */
export type TraceId = string;

/** A span id as 16 lower-case hex digits. `0000000000000000` means "none" where a parent is expected. */
export type SpanId = string;

export const ZERO_SPAN_ID: SpanId = '0000000000000000';

const ZERO_HIGH = '0000000000000000';
const HEX = /^[0-9a-f]+$/i;

/** Reads a trace id in any of its spellings: short, zero-padded, upper case. `undefined` if it is none. */
export function parseTraceId(text: string): TraceId | undefined {
  if (text.length > 32 || !HEX.test(text)) return undefined;
  const padded = text.toLowerCase().padStart(32, '0');
  return padded.startsWith(ZERO_HIGH) ? padded.slice(16) : padded;
}

/** Reads a span id in any of its spellings. `undefined` if it is none. */
export function parseSpanId(text: string): SpanId | undefined {
  if (text.length > 16 || !HEX.test(text)) return undefined;
  return text.toLowerCase().padStart(16, '0');
}

/** Joins the two halves in which Thrift carries a trace id (signed or unsigned 64-bit integers). */
export function traceIdFromHighLow(high: bigint, low: bigint): TraceId {
  const lowHex = spanIdFromInt64(low);
  return high === 0n ? lowHex : spanIdFromInt64(high) + lowHex;
}

/** The high 64 bits of a trace id, as a signed integer (Thrift's i64). */
export function traceIdHigh(id: TraceId): bigint {
  return id.length === 16 ? 0n : int64FromHex(id.slice(0, 16));
}

/** The low 64 bits of a trace id, as a signed integer (Thrift's i64). */
export function traceIdLow(id: TraceId): bigint {
  return int64FromHex(id.slice(-16));
}

/** A 64-bit integer, signed or unsigned, as a span id. */
export function spanIdFromInt64(value: bigint): SpanId {
  return BigInt.asUintN(64, value).toString(16).padStart(16, '0');
}

/** A span id as a signed integer (Thrift's i64). */
export function spanIdToInt64(id: SpanId): bigint {
  return int64FromHex(id);
}

/** Reads the 16 big-endian bytes of a trace id, as proto and the stores keep it, from `offset`. */
export function traceIdFromBytes(bytes: Uint8Array, offset = 0): TraceId {
  const hex = hexFromBytes(bytes, offset, 16);
  return hex.startsWith(ZERO_HIGH) ? hex.slice(16) : hex;
}

/** A trace id as 16 big-endian bytes. */
export function traceIdToBytes(id: TraceId): Uint8Array {
  return bytesFromHex(id.padStart(32, '0'));
}

function int64FromHex(hex: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${hex}`));
}
