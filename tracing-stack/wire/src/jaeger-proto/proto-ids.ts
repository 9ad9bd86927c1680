import { hexFromBytes, type SpanId, type TraceId, traceIdFromBytes } from '@spoor/model';
import type { ProtoReader } from '../proto/proto-reader.ts';

/** Reads a trace id of 16 bytes, or of 8 for its lower half (Jaeger takes both), and returns where it begins. */
export function passTraceId(reader: ProtoReader): number {
  const start = reader.binary();
  const length = reader.offset - start;
  if (length !== 16 && length !== 8) {
    throw reader.error('bad-value', start, `a trace id of ${length} bytes`);
  }
  return start;
}

export function readTraceId(reader: ProtoReader): TraceId {
  const start = passTraceId(reader);
  return reader.offset - start === 8
    ? hexFromBytes(reader.bytes, start, 8)
    : traceIdFromBytes(reader.bytes, start);
}

/** Reads a span id, which has 8 bytes, and returns where it begins. */
export function passSpanId(reader: ProtoReader): number {
  const start = reader.binary();
  const length = reader.offset - start;
  if (length !== 8) throw reader.error('bad-value', start, `a span id of ${length} bytes`);
  return start;
}

export function readSpanId(reader: ProtoReader): SpanId {
  return hexFromBytes(reader.bytes, passSpanId(reader), 8);
}
