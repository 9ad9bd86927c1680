import { fieldTag, WireType } from '../proto/wire-type.ts';

// The messages of protos/model.proto and protos/collector.proto: `fieldTag` of every field that is read or written. One
// table for reader, indexer and writer.

const { VARINT, FIXED64, LENGTH } = WireType;

export const POST_SPANS_BATCH = fieldTag(1, LENGTH);

export const BATCH_SPANS = fieldTag(1, LENGTH);
export const BATCH_PROCESS = fieldTag(2, LENGTH);

export const PROCESS_SERVICE_NAME = fieldTag(1, LENGTH);
export const PROCESS_TAGS = fieldTag(2, LENGTH);

export const SPAN_TRACE_ID = fieldTag(1, LENGTH);
export const SPAN_SPAN_ID = fieldTag(2, LENGTH);
export const SPAN_OPERATION_NAME = fieldTag(3, LENGTH);
export const SPAN_REFERENCES = fieldTag(4, LENGTH);
export const SPAN_FLAGS = fieldTag(5, VARINT);
export const SPAN_START_TIME = fieldTag(6, LENGTH);
export const SPAN_DURATION = fieldTag(7, LENGTH);
export const SPAN_TAGS = fieldTag(8, LENGTH);
export const SPAN_LOGS = fieldTag(9, LENGTH);
export const SPAN_PROCESS = fieldTag(10, LENGTH);
// 11 is process_id, which only the query API uses.
export const SPAN_WARNINGS = fieldTag(12, LENGTH);

export const REFERENCE_TRACE_ID = fieldTag(1, LENGTH);
export const REFERENCE_SPAN_ID = fieldTag(2, LENGTH);
export const REFERENCE_TYPE = fieldTag(3, VARINT);

export const LOG_TIMESTAMP = fieldTag(1, LENGTH);
export const LOG_FIELDS = fieldTag(2, LENGTH);

export const TAG_KEY = fieldTag(1, LENGTH);
export const TAG_TYPE = fieldTag(2, VARINT);
export const TAG_STRING = fieldTag(3, LENGTH);
export const TAG_BOOL = fieldTag(4, VARINT);
export const TAG_INT64 = fieldTag(5, VARINT);
export const TAG_FLOAT64 = fieldTag(6, FIXED64);
export const TAG_BINARY = fieldTag(7, LENGTH);

/** google.protobuf.Timestamp and google.protobuf.Duration alike. */
export const TIME_SECONDS = fieldTag(1, VARINT);
export const TIME_NANOS = fieldTag(2, VARINT);

/** Values of `KeyValue.v_type`; a value that is none of them is read as a string. */
export const ValueType = { STRING: 0, BOOL: 1, INT64: 2, FLOAT64: 3, BINARY: 4 } as const;

/** Value of `SpanRef.ref_type`; every other value is CHILD_OF, which is 0. */
export const FOLLOWS_FROM = 1;
