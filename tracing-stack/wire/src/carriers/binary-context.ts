import { spanIdFromInt64, spanIdToInt64, traceIdFromBytes, traceIdToBytes } from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import type { TraceContext } from './uber-trace-id.ts';

// What jaeger-client-go writes into a binary carrier. Integers are unsigned, their high bytes first; text is UTF-8, raw.
//
//   trace id 16 · span id 8 · parent id 8 (zeros of a root) · flags 1 · number of baggage items 4
//   of each item: length 4, name · length 4, value
const FIXED_SIZE = 16 + 8 + 8 + 1 + 4;

/** A span's identity with its baggage, as one carrier holds both. */
export interface BinaryContext {
  /** Zero ids where only baggage travels. */
  readonly context: TraceContext;
  readonly baggage: ReadonlyMap<string, string>;
}

/**
 * The bytes of Jaeger's binary carrier. Baggage of any length and language goes whole; jaeger-client-go itself refuses
 * to read more than 180 items, or an item of more than 4,096 bytes.
 */
export function encodeBinaryContext({ context, baggage }: BinaryContext): Uint8Array {
  const items = [...baggage].flat().map((text) => Buffer.from(text, 'utf8'));
  const bytes = Buffer.alloc(items.reduce((size, { length }) => size + 4 + length, FIXED_SIZE));
  bytes.set(traceIdToBytes(context.traceId));
  bytes.writeBigInt64BE(spanIdToInt64(context.spanId), 16);
  bytes.writeBigInt64BE(spanIdToInt64(context.parentId), 24);
  bytes.writeUInt8(context.flags & 0xff, 32);
  let offset = bytes.writeUInt32BE(baggage.size, 33);
  for (const item of items) {
    offset = bytes.writeUInt32BE(item.length, offset);
    bytes.set(item, offset);
    offset += item.length;
  }
  return bytes;
}

/** Reads what `encodeBinaryContext` writes; bytes behind it are not looked at. Throws `DecodeError`. */
export function decodeBinaryContext(input: Uint8Array): BinaryContext {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  if (bytes.length < FIXED_SIZE) throw truncated(bytes.length, 'a context');
  const context: TraceContext = {
    traceId: traceIdFromBytes(bytes),
    spanId: spanIdFromInt64(bytes.readBigInt64BE(16)),
    parentId: spanIdFromInt64(bytes.readBigInt64BE(24)),
    flags: bytes.readUInt8(32),
  };
  const baggage = new Map<string, string>();
  let offset = FIXED_SIZE;
  const text = (): string => {
    if (bytes.length - offset < 4) throw truncated(offset, 'a length');
    const start = offset + 4;
    const end = start + bytes.readUInt32BE(offset);
    if (end > bytes.length) throw truncated(offset, 'a baggage item');
    offset = end;
    return bytes.toString('utf8', start, end);
  };
  for (let left = bytes.readUInt32BE(33); left > 0; left--) {
    const name = text();
    baggage.set(name, text());
  }
  return { context, baggage };
}

function truncated(offset: number, what: string): DecodeError {
  return new DecodeError('truncated', offset, `the bytes end inside ${what}`);
}
