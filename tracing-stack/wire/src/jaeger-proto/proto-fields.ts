import { fieldTag, WireType } from '../proto/wire-type.ts';

// The messages of protos/model.proto and protos/collector.proto: `fieldTag` of every field that is read or written. One
// table for reader, indexer and writer.

const { VARINT, FIXED64, LENGTH } = WireType;

export const PostSpansField = { batch: fieldTag(1, LENGTH) } as const;

export const BatchField = {
  spans: fieldTag(1, LENGTH),
  process: fieldTag(2, LENGTH),
} as const;

export const ProcessField = {
  serviceName: fieldTag(1, LENGTH),
  tags: fieldTag(2, LENGTH),
} as const;

export const SpanField = {
  traceId: fieldTag(1, LENGTH),
  spanId: fieldTag(2, LENGTH),
  operationName: fieldTag(3, LENGTH),
  references: fieldTag(4, LENGTH),
  flags: fieldTag(5, VARINT),
  startTime: fieldTag(6, LENGTH),
  duration: fieldTag(7, LENGTH),
  tags: fieldTag(8, LENGTH),
  logs: fieldTag(9, LENGTH),
  process: fieldTag(10, LENGTH),
  // 11 is process_id, which only the query API uses.
  warnings: fieldTag(12, LENGTH),
} as const;

export const ReferenceField = {
  traceId: fieldTag(1, LENGTH),
  spanId: fieldTag(2, LENGTH),
  type: fieldTag(3, VARINT),
} as const;

export const LogField = {
  timestamp: fieldTag(1, LENGTH),
  fields: fieldTag(2, LENGTH),
} as const;

/** KeyValue. */
export const TagField = {
  key: fieldTag(1, LENGTH),
  type: fieldTag(2, VARINT),
  string: fieldTag(3, LENGTH),
  bool: fieldTag(4, VARINT),
  int64: fieldTag(5, VARINT),
  float64: fieldTag(6, FIXED64),
  binary: fieldTag(7, LENGTH),
} as const;

/** google.protobuf.Timestamp and google.protobuf.Duration alike. */
export const TimeField = {
  seconds: fieldTag(1, VARINT),
  nanos: fieldTag(2, VARINT),
} as const;

/** Values of `KeyValue.v_type`; a value that is none of them is read as a string. */
export const ValueType = { STRING: 0, BOOL: 1, INT64: 2, FLOAT64: 3, BINARY: 4 } as const;

/** Values of `SpanRef.ref_type`; a value that is none of them is read as CHILD_OF. */
export const ReferenceType = { CHILD_OF: 0, FOLLOWS_FROM: 1 } as const;
