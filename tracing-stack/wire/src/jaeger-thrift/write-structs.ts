import {
  type KeyValue,
  type Log,
  type Process,
  type Reference,
  type Span,
  type TraceId,
  ZERO_SPAN_ID,
} from '@spoor/model';
import { CompactType, STOP } from '../thrift/compact-type.ts';
import type { ThriftWriter } from '../thrift/thrift-writer.ts';
import {
  LogField,
  ProcessField,
  ReferenceField,
  ReferenceType,
  SpanField,
  TagField,
  TagType,
} from './struct-fields.ts';

/** Writes a `Process` struct, with the stop byte that ends it. */
export function writeProcess(writer: ThriftWriter, process: Process): void {
  writer.field(ProcessField.serviceName, STOP);
  writer.string(process.serviceName);
  writeTags(writer, ProcessField.tags, ProcessField.serviceName, process.tags);
  writer.stop();
}

/** Writes a `Span` struct, with the stop byte that ends it. Its process and its warnings have no place there. */
export function writeSpan(writer: ThriftWriter, span: Span): void {
  const { traceId, references } = span;
  const parent = references.find((known) => isParent(known, traceId));
  const explicit = parent === undefined ? references : explicitReferences(references, parent);
  writer.field(SpanField.traceIdLow, STOP);
  writeTraceId(writer, SpanField.traceIdHigh, SpanField.traceIdLow, traceId);
  writer.field(SpanField.spanId, SpanField.traceIdHigh);
  writer.int64FromHex(span.spanId);
  writer.field(SpanField.parentSpanId, SpanField.spanId);
  writer.int64FromHex(parent?.spanId ?? ZERO_SPAN_ID);
  let last = writer.field(SpanField.operationName, SpanField.parentSpanId);
  writer.string(span.operationName);
  if (explicit.length > 0) last = writeReferences(writer, last, explicit);
  writer.field(SpanField.flags, last);
  writer.int32(span.flags);
  writer.field(SpanField.startTime, SpanField.flags);
  writer.int64FromNumber(span.startTime);
  last = writer.field(SpanField.duration, SpanField.startTime);
  writer.int64FromNumber(span.duration);
  if (span.tags.length > 0) last = writeTags(writer, SpanField.tags, last, span.tags);
  if (span.logs.length > 0) writeLogs(writer, last, span.logs);
  writer.stop();
}

function isParent(reference: Reference, traceId: TraceId): boolean {
  const { refType, spanId } = reference;
  return refType === 'CHILD_OF' && spanId !== ZERO_SPAN_ID && reference.traceId === traceId;
}

/**
 * The references that must be written beside parentSpanId. A parent that stands first is left out, for a reader puts it
 * there; not so if another reference names the same span, for then a reader adds nothing.
 */
function explicitReferences(
  references: readonly Reference[],
  parent: Reference,
): readonly Reference[] {
  const others = references.slice(1);
  const isNamedAgain = others.some(
    ({ spanId, traceId }) => spanId === parent.spanId && traceId === parent.traceId,
  );
  return references[0] === parent && !isNamedAgain ? others : references;
}

/** Goes on behind the header of the low half. */
function writeTraceId(writer: ThriftWriter, high: number, low: number, traceId: TraceId): void {
  writer.int64FromHex(traceId.slice(-16));
  writer.field(high, low);
  writer.int64FromHex(traceId.length === 32 ? traceId.slice(0, 16) : ZERO_SPAN_ID);
}

function writeReferences(
  writer: ThriftWriter,
  previous: number,
  references: readonly Reference[],
): number {
  writer.field(SpanField.references, previous);
  writer.list(CompactType.STRUCT, references.length);
  for (const { refType, traceId, spanId } of references) {
    writer.field(ReferenceField.refType, STOP);
    writer.int32(refType === 'FOLLOWS_FROM' ? ReferenceType.FOLLOWS_FROM : 0);
    writer.field(ReferenceField.traceIdLow, ReferenceField.refType);
    writeTraceId(writer, ReferenceField.traceIdHigh, ReferenceField.traceIdLow, traceId);
    writer.field(ReferenceField.spanId, ReferenceField.traceIdHigh);
    writer.int64FromHex(spanId);
    writer.stop();
  }
  return SpanField.references;
}

function writeLogs(writer: ThriftWriter, previous: number, logs: readonly Log[]): void {
  writer.field(SpanField.logs, previous);
  writer.list(CompactType.STRUCT, logs.length);
  for (const log of logs) {
    writer.field(LogField.timestamp, STOP);
    writer.int64FromNumber(log.timestamp);
    writeTags(writer, LogField.fields, LogField.timestamp, log.fields);
    writer.stop();
  }
}

function writeTags(
  writer: ThriftWriter,
  key: number,
  previous: number,
  tags: readonly KeyValue[],
): number {
  writer.field(key, previous);
  writer.list(CompactType.STRUCT, tags.length);
  for (const tag of tags) {
    writer.field(TagField.key, STOP);
    writer.string(tag.key);
    writer.field(TagField.vType, TagField.key);
    writeValue(writer, tag);
    writer.stop();
  }
  return key;
}

function writeValue(writer: ThriftWriter, tag: KeyValue): void {
  switch (tag.type) {
    case 'string':
      writer.int32(TagType.STRING);
      writer.field(TagField.string, TagField.vType);
      writer.string(tag.value);
      return;
    case 'float64':
      writer.int32(TagType.DOUBLE);
      writer.field(TagField.double, TagField.vType);
      writer.double(tag.value);
      return;
    case 'bool':
      writer.int32(TagType.BOOL);
      writer.field(tag.value ? TagField.true : TagField.false, TagField.vType);
      return;
    case 'int64':
      writer.int32(TagType.LONG);
      writer.field(TagField.long, TagField.vType);
      writer.int64(tag.value);
      return;
    case 'binary':
      writer.int32(TagType.BINARY);
      writer.field(TagField.binary, TagField.vType);
      writer.binary(tag.value);
  }
}
