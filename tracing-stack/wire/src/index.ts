export { type AgentCall, decodeAgentCall, decodeAgentCallBinary } from './agent-call.ts';
export {
  B3_BAGGAGE_PREFIX,
  B3_FLAGS_KEY,
  B3_PARENT_ID_KEY,
  B3_SAMPLED_KEY,
  B3_SINGLE_KEY,
  B3_SPAN_ID_KEY,
  B3_TRACE_ID_KEY,
  type B3Context,
  type B3Identity,
  formatB3,
  formatB3Single,
  parseB3,
  parseB3Single,
} from './carriers/b3.ts';
export {
  BAGGAGE_PREFIX,
  decodeBaggageValue,
  encodeBaggageValue,
  JAEGER_BAGGAGE_KEY,
  parseJaegerBaggage,
} from './carriers/baggage.ts';
export {
  type BinaryContext,
  decodeBinaryContext,
  encodeBinaryContext,
} from './carriers/binary-context.ts';
export { percentDecode, percentEncode } from './carriers/percent.ts';
export {
  formatUberTraceId,
  parseUberTraceId,
  TRACE_CONTEXT_KEY,
  type TraceContext,
} from './carriers/uber-trace-id.ts';
export {
  formatTraceparent,
  formatW3cBaggage,
  parseTraceparent,
  parseW3cBaggage,
  TRACEPARENT_KEY,
  TRACESTATE_KEY,
  W3C_BAGGAGE_KEY,
} from './carriers/w3c.ts';
export { clientVersion, spansByService } from './client-version.ts';
export { DecodeError, type DecodeErrorCode } from './decode-error.ts';
export { dissect, spansWithin } from './dissect/dissect.ts';
export { type InjectedHeader, injectedHeader } from './dissect/injected-header.ts';
export type { DissectedSpan, Dissection, Part, Role } from './dissect/part.ts';
export type {
  BatchEncoding,
  BatchIndex,
  ClientReport,
  DroppedSpans,
  EncodedBatch,
  IndexedProcess,
} from './encoded-batch.ts';
export { decodePostSpansRequest, encodePostSpansRequest } from './jaeger-proto/post-spans.ts';
export { protoBatch } from './jaeger-proto/proto-batch.ts';
export {
  type ChunkLimits,
  encodeProtoBatch,
  encodeSpanChunks,
  protoBatchBytes,
} from './jaeger-proto/proto-encode.ts';
export { binaryBatchesBytes } from './jaeger-thrift/binary-batches.ts';
export {
  BINARY_BATCH_OVERHEAD,
  encodeBinaryBatch,
  encodeBinaryProcess,
  encodeBinarySpan,
  joinBinaryBatch,
} from './jaeger-thrift/binary-encode.ts';
export { encodeCompactProcess, encodeCompactSpan } from './jaeger-thrift/compact-encode.ts';
export { decodeEmitBatch, decodeEmitBatchBinary } from './jaeger-thrift/emit-batch.ts';
export {
  emitBatchDatagram,
  emitBatchSize,
  encodeEmitBatch,
} from './jaeger-thrift/emit-batch-datagram.ts';
export {
  decodeSubmitBatches,
  decodeSubmitResult,
  encodeSubmitBatches,
  encodeSubmitResult,
} from './jaeger-thrift/submit-batches.ts';
export { binaryBatch, compactBatch } from './jaeger-thrift/thrift-batch.ts';
export { checkJsonSyntax } from './json/go-json-syntax.ts';
export { jsonString, jsonText } from './json/go-json-text.ts';
export { type KeptMessage, MessageRing, type RingState } from './messages/message-ring.ts';
export {
  type MessageSource,
  parseTraceMessages,
  ringSource,
  type TraceMessages,
  traceMessagesJson,
  wireAnswer,
} from './messages/message-source.ts';
export type { WireLayout, WireMessage } from './messages/wire-message.ts';
export { openBatch } from './open-batch.ts';
export { decodeOtlpJson, decodeOtlpProto, otlpJsonSpans } from './otlp/export-traces.ts';
export { otlpFromSpans } from './otlp/from-jaeger.ts';
export { encodeOtlpJson } from './otlp/otlp-json-encode.ts';
export { encodeOtlpProto } from './otlp/otlp-proto-encode.ts';
export { type OtlpResourceSpans, type OtlpSpan, StatusCode } from './otlp/otlp-trace.ts';
export { encodeRpcStatus, type RpcStatus } from './proto/rpc-status.ts';
export { legacySamplingStrategyJson, samplingStrategyJson } from './sampling/strategy-json.ts';
export {
  decodeSamplingArguments,
  decodeSamplingResult,
  encodeSamplingArguments,
  encodeSamplingResult,
} from './sampling/strategy-thrift.ts';
export { tagHash, tagTextHash } from './tag-hash.ts';
export { ArgumentJoiner, type CallArguments } from './tchannel/call-arguments.ts';
export { decodeCallContinue } from './tchannel/call-continue.ts';
export {
  type CallReq,
  type CallReqHead,
  decodeCallReq,
  encodeCallReq,
} from './tchannel/call-req.ts';
export {
  type CallRes,
  type CallResHead,
  decodeCallRes,
  encodeCallRes,
  ResponseCode,
} from './tchannel/call-res.ts';
export { ChecksumType } from './tchannel/checksum.ts';
export { COLLECTOR_SERVICE, CollectorMethod } from './tchannel/collector-methods.ts';
export {
  decodeErrorFrame,
  ErrorCode,
  type ErrorFrame,
  encodeErrorFrame,
  errorCodeName,
  NO_CALL,
} from './tchannel/error-frame.ts';
export type { Fragment } from './tchannel/fragment.ts';
export { encodeFrame, type Frame, FrameType, MAX_FRAME_BYTES } from './tchannel/frame.ts';
export { FrameSplitter } from './tchannel/frame-splitter.ts';
export {
  decodeInit,
  encodeInitReq,
  encodeInitRes,
  type Init,
  ownInit,
  TCHANNEL_VERSION,
} from './tchannel/init.ts';
export { encodePingReq, encodePingRes } from './tchannel/ping.ts';
export { NO_APPLICATION_HEADERS } from './tchannel/thrift-arguments.ts';
export { type FrameTracing, NO_TRACING } from './tchannel/tracing.ts';
export type { TransportHeaders } from './tchannel/transport-headers.ts';
export { decodeSubmitZipkinBatch } from './zipkin/emit-zipkin-batch.ts';
export {
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
} from './zipkin/zipkin-spans.ts';
