import { CompactType, fieldKey } from '../thrift/compact-type.ts';

// The structs of protos/jaeger.thrift: `fieldKey` of every field that is read or written, and the set of ids that are
// `required`. One table for reader, indexer and writer, in both protocols.

const { TRUE, FALSE, I32, I64, DOUBLE, BINARY, LIST, STRUCT } = CompactType;

/** The arguments of `emitBatch(1: Batch batch)`. */
export const EmitBatchField = { batch: fieldKey(1, STRUCT) } as const;

/** The arguments of `submitBatches(1: list<Batch> batches)`. */
export const SubmitBatchesField = { batches: fieldKey(1, LIST) } as const;

/** What a call returns stands in field 0. */
export const SubmitResultField = { success: fieldKey(0, LIST) } as const;

/** `BatchSubmitResponse`, and zipkincore's `Response`. */
export const SubmitResponseField = { ok: fieldKey(1, TRUE), notOk: fieldKey(1, FALSE) } as const;

export const BatchField = {
  struct: 'Batch',
  process: fieldKey(1, STRUCT),
  spans: fieldKey(2, LIST),
  seqNo: fieldKey(3, I64),
  stats: fieldKey(4, STRUCT),
  required: idSet(1, 2),
} as const;

export const ClientStatsField = {
  fullQueueDroppedSpans: fieldKey(1, I64),
  tooLargeDroppedSpans: fieldKey(2, I64),
  failedToEmitSpans: fieldKey(3, I64),
} as const;

export const ProcessField = {
  struct: 'Process',
  serviceName: fieldKey(1, BINARY),
  tags: fieldKey(2, LIST),
  required: idSet(1),
} as const;

export const SpanField = {
  struct: 'Span',
  traceIdLow: fieldKey(1, I64),
  traceIdHigh: fieldKey(2, I64),
  spanId: fieldKey(3, I64),
  parentSpanId: fieldKey(4, I64),
  operationName: fieldKey(5, BINARY),
  references: fieldKey(6, LIST),
  flags: fieldKey(7, I32),
  startTime: fieldKey(8, I64),
  duration: fieldKey(9, I64),
  tags: fieldKey(10, LIST),
  logs: fieldKey(11, LIST),
  required: idSet(1, 2, 3, 4, 5, 7, 8, 9),
} as const;

/** Eight required fields of two bytes or more, and the end. A count that promises more spans than fit is a lie. */
export const SPAN_MIN_BYTES = 17;

export const ReferenceField = {
  struct: 'SpanRef',
  refType: fieldKey(1, I32),
  traceIdLow: fieldKey(2, I64),
  traceIdHigh: fieldKey(3, I64),
  spanId: fieldKey(4, I64),
  required: idSet(1, 2, 3, 4),
} as const;

export const LogField = {
  struct: 'Log',
  timestamp: fieldKey(1, I64),
  fields: fieldKey(2, LIST),
  required: idSet(1, 2),
} as const;

export const TagField = {
  struct: 'Tag',
  key: fieldKey(1, BINARY),
  vType: fieldKey(2, I32),
  string: fieldKey(3, BINARY),
  double: fieldKey(4, DOUBLE),
  true: fieldKey(5, TRUE),
  false: fieldKey(5, FALSE),
  long: fieldKey(6, I64),
  binary: fieldKey(7, BINARY),
  required: idSet(1, 2),
} as const;

/** Values of `Tag.vType`; a value that is none of them is read as a string. */
export const TagType = { STRING: 0, DOUBLE: 1, BOOL: 2, LONG: 3, BINARY: 4 } as const;

/** Values of `SpanRef.refType`; a value that is none of them is read as CHILD_OF. */
export const ReferenceType = { CHILD_OF: 0, FOLLOWS_FROM: 1 } as const;

function idSet(...ids: number[]): number {
  return ids.reduce((set, id) => set | (1 << id), 0);
}
