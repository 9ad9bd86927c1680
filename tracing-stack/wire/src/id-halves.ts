import { type SpanId, type TraceId, ZERO_SPAN_ID } from '@spoor/model';

/** A 64-bit id given as its two halves (int32 each), in hex. */
export function spanIdFromHalves(high: number, low: number): SpanId {
  return hex32(high) + hex32(low);
}

/** A trace id from the two ids of 64 bits in which Thrift carries it; 16 digits when the upper is zero. */
export function traceIdFromIds(high: SpanId, low: SpanId): TraceId {
  return high === ZERO_SPAN_ID ? low : high + low;
}

function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
