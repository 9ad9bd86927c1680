import { fieldTag, WireType } from '../proto/wire-type.ts';

// The messages of protos/otlp.proto: `fieldTag` of every field that is read.

const { VARINT, FIXED64, LENGTH } = WireType;

/** ExportTraceServiceRequest, and TracesData alike. */
export const RequestField = { resourceSpans: fieldTag(1, LENGTH) } as const;

export const ResourceSpansField = {
  resource: fieldTag(1, LENGTH),
  scopeSpans: fieldTag(2, LENGTH),
  /** The number that collectors have set aside for what was field 2 before OTLP 0.15. */
  librarySpans: fieldTag(1000, LENGTH),
} as const;

export const ResourceField = { attributes: fieldTag(1, LENGTH) } as const;

export const ScopeSpansField = { scope: fieldTag(1, LENGTH), spans: fieldTag(2, LENGTH) } as const;

/** InstrumentationScope. */
export const ScopeField = { name: fieldTag(1, LENGTH), version: fieldTag(2, LENGTH) } as const;

export const SpanField = {
  traceId: fieldTag(1, LENGTH),
  spanId: fieldTag(2, LENGTH),
  traceState: fieldTag(3, LENGTH),
  parentSpanId: fieldTag(4, LENGTH),
  name: fieldTag(5, LENGTH),
  kind: fieldTag(6, VARINT),
  startTime: fieldTag(7, FIXED64),
  endTime: fieldTag(8, FIXED64),
  attributes: fieldTag(9, LENGTH),
  events: fieldTag(11, LENGTH),
  links: fieldTag(13, LENGTH),
  status: fieldTag(15, LENGTH),
} as const;

export const EventField = {
  time: fieldTag(1, FIXED64),
  name: fieldTag(2, LENGTH),
  attributes: fieldTag(3, LENGTH),
} as const;

export const LinkField = {
  traceId: fieldTag(1, LENGTH),
  spanId: fieldTag(2, LENGTH),
  attributes: fieldTag(4, LENGTH),
} as const;

export const StatusField = { message: fieldTag(2, LENGTH), code: fieldTag(3, VARINT) } as const;

export const KeyValueField = { key: fieldTag(1, LENGTH), value: fieldTag(2, LENGTH) } as const;

export const AnyValueField = {
  string: fieldTag(1, LENGTH),
  bool: fieldTag(2, VARINT),
  int: fieldTag(3, VARINT),
  double: fieldTag(4, FIXED64),
  array: fieldTag(5, LENGTH),
  map: fieldTag(6, LENGTH),
  bytes: fieldTag(7, LENGTH),
} as const;

/** ArrayValue and KeyValueList alike. */
export const ListField = { values: fieldTag(1, LENGTH) } as const;
