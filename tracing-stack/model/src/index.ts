export type { BaggageRestriction } from './baggage-restriction.ts';
export { goDuration, parseGoDuration } from './go-duration.ts';
export { bytesFromHex, hexFromBytes } from './hex.ts';
export {
  parseSpanId,
  parseTraceId,
  type SpanId,
  spanIdFromInt64,
  spanIdToInt64,
  type TraceId,
  traceIdFromBytes,
  traceIdFromHighLow,
  traceIdHigh,
  traceIdLow,
  traceIdToBytes,
  ZERO_SPAN_ID,
} from './ids.ts';
export {
  floatAsString,
  type KeyValue,
  keyValue,
  type ValueType,
  valueAsString,
} from './key-values.ts';
export { withProcessTags } from './process-tags.ts';
export type {
  OperationSampling,
  OperationStrategy,
  ProbabilisticSampling,
  SamplingStrategy,
} from './sampling-strategy.ts';
export {
  NULL_PROCESS_SERVICE_NAME,
  sanitizeServiceName,
} from './service-name.ts';
export {
  FLAG_DEBUG,
  FLAG_SAMPLED,
  type Log,
  MAX_MICROS,
  type Micros,
  type Process,
  parentReferenceAt,
  parentSpanId,
  type Reference,
  type ReferenceType,
  type Span,
  type Trace,
} from './span.ts';
export { SPAN_KIND, spanKind } from './span-kind.ts';
