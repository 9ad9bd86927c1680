import { fieldTag, WireType } from '../proto/wire-type.ts';

// The messages of protos/zipkin.proto: `fieldTag` of every field that is read.

const { VARINT, FIXED64, LENGTH } = WireType;

export const ListOfSpansField = { spans: fieldTag(1, LENGTH) } as const;

export const SpanField = {
  traceId: fieldTag(1, LENGTH),
  parentId: fieldTag(2, LENGTH),
  id: fieldTag(3, LENGTH),
  kind: fieldTag(4, VARINT),
  name: fieldTag(5, LENGTH),
  timestamp: fieldTag(6, FIXED64),
  duration: fieldTag(7, VARINT),
  localEndpoint: fieldTag(8, LENGTH),
  remoteEndpoint: fieldTag(9, LENGTH),
  annotations: fieldTag(10, LENGTH),
  tags: fieldTag(11, LENGTH),
} as const;

/** An entry of `Span.tags`. */
export const TagField = { key: fieldTag(1, LENGTH), value: fieldTag(2, LENGTH) } as const;

export const EndpointField = {
  serviceName: fieldTag(1, LENGTH),
  ipv4: fieldTag(2, LENGTH),
  ipv6: fieldTag(3, LENGTH),
  port: fieldTag(4, VARINT),
} as const;

export const AnnotationField = {
  timestamp: fieldTag(1, FIXED64),
  value: fieldTag(2, LENGTH),
} as const;

/** The names of `Span.Kind`, by their numbers. */
export const KINDS = ['', 'CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER'] as const;
