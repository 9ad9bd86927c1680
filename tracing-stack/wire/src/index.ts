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
export { decodePostSpansRequest, encodePostSpansRequest } from './jaeger-proto/post-spans.ts';
export { protoBatch } from './jaeger-proto/proto-batch.ts';
export { encodeProtoBatch, protoBatchBytes } from './jaeger-proto/proto-encode.ts';
export { encodeBinaryBatch } from './jaeger-thrift/binary-encode.ts';
export { encodeCompactProcess, encodeCompactSpan } from './jaeger-thrift/compact-encode.ts';
export { decodeEmitBatch, decodeEmitBatchBinary } from './jaeger-thrift/emit-batch.ts';
export {
  emitBatchDatagram,
  emitBatchSize,
  encodeEmitBatch,
} from './jaeger-thrift/emit-batch-datagram.ts';
export { binaryBatch, compactBatch } from './jaeger-thrift/thrift-batch.ts';
export { openBatch } from './open-batch.ts';
export { tagHash, tagTextHash } from './tag-hash.ts';
