import { CompactType, fieldKey } from '../thrift/compact-type.ts';

// The structs of protos/zipkincore.thrift: `fieldKey` of every field.

const { TRUE, FALSE, I16, I32, I64, BINARY, LIST, STRUCT } = CompactType;

/** The arguments of `emitZipkinBatch(1: list<Span> spans)`. */
export const EmitZipkinBatchField = { spans: fieldKey(1, LIST) } as const;

export const SpanField = {
  traceId: fieldKey(1, I64),
  name: fieldKey(3, BINARY),
  spanId: fieldKey(4, I64),
  parentId: fieldKey(5, I64),
  annotations: fieldKey(6, LIST),
  binaryAnnotations: fieldKey(8, LIST),
  debug: fieldKey(9, TRUE),
  notDebug: fieldKey(9, FALSE),
  timestamp: fieldKey(10, I64),
  duration: fieldKey(11, I64),
  traceIdHigh: fieldKey(12, I64),
} as const;

export const AnnotationField = {
  timestamp: fieldKey(1, I64),
  value: fieldKey(2, BINARY),
  host: fieldKey(3, STRUCT),
} as const;

export const BinaryAnnotationField = {
  key: fieldKey(1, BINARY),
  value: fieldKey(2, BINARY),
  type: fieldKey(3, I32),
  host: fieldKey(4, STRUCT),
} as const;

export const EndpointField = {
  ipv4: fieldKey(1, I32),
  port: fieldKey(2, I16),
  serviceName: fieldKey(3, BINARY),
  ipv6: fieldKey(4, BINARY),
} as const;

/** AnnotationType: how `BinaryAnnotation.value` is laid out, high bytes first. */
export const AnnotationType = {
  BOOL: 0,
  BYTES: 1,
  I16: 2,
  I32: 3,
  I64: 4,
  DOUBLE: 5,
  STRING: 6,
} as const;
