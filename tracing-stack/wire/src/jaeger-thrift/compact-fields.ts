import { CompactType, fieldKey } from '../thrift/compact-type.ts';

// The structs of protos/jaeger.thrift as the compact protocol shows them: `fieldKey` of every field that is read or
// written, and the `required` ones of each struct as a set of ids. One table for reader, indexer and writer.

const { TRUE, FALSE, I32, I64, DOUBLE, BINARY, LIST, STRUCT } = CompactType;

/** `emitBatch(1: Batch batch)`, the arguments of the call. */
export const EMIT_BATCH = fieldKey(1, STRUCT);

export const BATCH_PROCESS = fieldKey(1, STRUCT);
export const BATCH_SPANS = fieldKey(2, LIST);

export const PROCESS_SERVICE_NAME = fieldKey(1, BINARY);
export const PROCESS_TAGS = fieldKey(2, LIST);

export const SPAN_TRACE_ID_LOW = fieldKey(1, I64);
export const SPAN_TRACE_ID_HIGH = fieldKey(2, I64);
export const SPAN_SPAN_ID = fieldKey(3, I64);
export const SPAN_PARENT_SPAN_ID = fieldKey(4, I64);
export const SPAN_OPERATION_NAME = fieldKey(5, BINARY);
export const SPAN_REFERENCES = fieldKey(6, LIST);
export const SPAN_FLAGS = fieldKey(7, I32);
export const SPAN_START_TIME = fieldKey(8, I64);
export const SPAN_DURATION = fieldKey(9, I64);
export const SPAN_TAGS = fieldKey(10, LIST);
export const SPAN_LOGS = fieldKey(11, LIST);

export const REFERENCE_TYPE = fieldKey(1, I32);
export const REFERENCE_TRACE_ID_LOW = fieldKey(2, I64);
export const REFERENCE_TRACE_ID_HIGH = fieldKey(3, I64);
export const REFERENCE_SPAN_ID = fieldKey(4, I64);

export const LOG_TIMESTAMP = fieldKey(1, I64);
export const LOG_FIELDS = fieldKey(2, LIST);

export const TAG_KEY = fieldKey(1, BINARY);
export const TAG_TYPE = fieldKey(2, I32);
export const TAG_STRING = fieldKey(3, BINARY);
export const TAG_DOUBLE = fieldKey(4, DOUBLE);
export const TAG_TRUE = fieldKey(5, TRUE);
export const TAG_FALSE = fieldKey(5, FALSE);
export const TAG_LONG = fieldKey(6, I64);
export const TAG_BINARY = fieldKey(7, BINARY);

/** Values of `Tag.vType`; a value that is none of them is read as a string. */
export const TagType = { STRING: 0, DOUBLE: 1, BOOL: 2, LONG: 3, BINARY: 4 } as const;

/** Value of `SpanRef.refType`; every other value is CHILD_OF, which is 0. */
export const FOLLOWS_FROM = 1;

export const REQUIRED_OF_BATCH = idSet(1, 2);
export const REQUIRED_OF_PROCESS = idSet(1);
export const REQUIRED_OF_SPAN = idSet(1, 2, 3, 4, 5, 7, 8, 9);
export const REQUIRED_OF_REFERENCE = idSet(1, 2, 3, 4);
export const REQUIRED_OF_LOG = idSet(1, 2);
export const REQUIRED_OF_TAG = idSet(1, 2);

function idSet(...ids: number[]): number {
  return ids.reduce((set, id) => set | (1 << id), 0);
}
