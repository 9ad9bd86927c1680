export {
  BAGGAGE_PREFIX,
  baggageKey,
  baggageNameOf,
  decodeBaggageValue,
  encodeBaggageValue,
} from './carriers/baggage.ts';
export {
  formatUberTraceId,
  parseUberTraceId,
  TRACE_CONTEXT_KEY,
  type TraceContext,
} from './carriers/uber-trace-id.ts';
export { DecodeError, type DecodeErrorCode } from './decode-error.ts';
export type { BatchEncoding, BatchIndex, EncodedBatch, IndexedProcess } from './encoded-batch.ts';
export { compactBatch } from './jaeger-thrift/compact-batch.ts';
export { decodeEmitBatch, encodeEmitBatch } from './jaeger-thrift/emit-batch.ts';
export { tagHash, tagTextHash } from './tag-hash.ts';
