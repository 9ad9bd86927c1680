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
import { CompactWriter } from '../thrift/compact-writer.ts';
import * as field from './compact-fields.ts';

/** The bytes of a `Process` struct, with the stop byte that ends it. */
export function encodeCompactProcess(process: Process): Uint8Array {
  const writer = new CompactWriter();
  writer.field(field.PROCESS_SERVICE_NAME, STOP);
  writer.string(process.serviceName);
  writeTags(writer, field.PROCESS_TAGS, field.PROCESS_SERVICE_NAME, process.tags);
  writer.stop();
  return writer.bytes();
}

/** The bytes of a `Span` struct, with the stop byte that ends it. Its process and its warnings have no place there. */
export function encodeCompactSpan(span: Span): Uint8Array {
  const writer = new CompactWriter();
  const { traceId, references } = span;
  const parent = references.find((known) => isParent(known, traceId));
  const explicit = parent === undefined ? references : explicitReferences(references, parent);
  writer.field(field.SPAN_TRACE_ID_LOW, STOP);
  writeTraceId(writer, field.SPAN_TRACE_ID_HIGH, field.SPAN_TRACE_ID_LOW, traceId);
  writer.field(field.SPAN_SPAN_ID, field.SPAN_TRACE_ID_HIGH);
  writer.int64FromHex(span.spanId);
  writer.field(field.SPAN_PARENT_SPAN_ID, field.SPAN_SPAN_ID);
  writer.int64FromHex(parent?.spanId ?? ZERO_SPAN_ID);
  let last = writer.field(field.SPAN_OPERATION_NAME, field.SPAN_PARENT_SPAN_ID);
  writer.string(span.operationName);
  if (explicit.length > 0) last = writeReferences(writer, last, explicit);
  writer.field(field.SPAN_FLAGS, last);
  writer.int32(span.flags);
  writer.field(field.SPAN_START_TIME, field.SPAN_FLAGS);
  writer.int64FromNumber(span.startTime);
  last = writer.field(field.SPAN_DURATION, field.SPAN_START_TIME);
  writer.int64FromNumber(span.duration);
  if (span.tags.length > 0) last = writeTags(writer, field.SPAN_TAGS, last, span.tags);
  if (span.logs.length > 0) writeLogs(writer, last, span.logs);
  writer.stop();
  return writer.bytes();
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
function writeTraceId(writer: CompactWriter, high: number, low: number, traceId: TraceId): void {
  writer.int64FromHex(traceId.slice(-16));
  writer.field(high, low);
  writer.int64FromHex(traceId.length === 32 ? traceId.slice(0, 16) : ZERO_SPAN_ID);
}

function writeReferences(
  writer: CompactWriter,
  previous: number,
  references: readonly Reference[],
): number {
  writer.field(field.SPAN_REFERENCES, previous);
  writer.list(CompactType.STRUCT, references.length);
  for (const { refType, traceId, spanId } of references) {
    writer.field(field.REFERENCE_TYPE, STOP);
    writer.int32(refType === 'FOLLOWS_FROM' ? field.FOLLOWS_FROM : 0);
    writer.field(field.REFERENCE_TRACE_ID_LOW, field.REFERENCE_TYPE);
    writeTraceId(writer, field.REFERENCE_TRACE_ID_HIGH, field.REFERENCE_TRACE_ID_LOW, traceId);
    writer.field(field.REFERENCE_SPAN_ID, field.REFERENCE_TRACE_ID_HIGH);
    writer.int64FromHex(spanId);
    writer.stop();
  }
  return field.SPAN_REFERENCES;
}

function writeLogs(writer: CompactWriter, previous: number, logs: readonly Log[]): void {
  writer.field(field.SPAN_LOGS, previous);
  writer.list(CompactType.STRUCT, logs.length);
  for (const log of logs) {
    writer.field(field.LOG_TIMESTAMP, STOP);
    writer.int64FromNumber(log.timestamp);
    writeTags(writer, field.LOG_FIELDS, field.LOG_TIMESTAMP, log.fields);
    writer.stop();
  }
}

function writeTags(
  writer: CompactWriter,
  key: number,
  previous: number,
  tags: readonly KeyValue[],
): number {
  writer.field(key, previous);
  writer.list(CompactType.STRUCT, tags.length);
  for (const tag of tags) {
    writer.field(field.TAG_KEY, STOP);
    writer.string(tag.key);
    writer.field(field.TAG_TYPE, field.TAG_KEY);
    writeValue(writer, tag);
    writer.stop();
  }
  return key;
}

function writeValue(writer: CompactWriter, tag: KeyValue): void {
  switch (tag.type) {
    case 'string':
      writer.int32(field.TagType.STRING);
      writer.field(field.TAG_STRING, field.TAG_TYPE);
      writer.string(tag.value);
      return;
    case 'float64':
      writer.int32(field.TagType.DOUBLE);
      writer.field(field.TAG_DOUBLE, field.TAG_TYPE);
      writer.double(tag.value);
      return;
    case 'bool':
      writer.int32(field.TagType.BOOL);
      writer.field(tag.value ? field.TAG_TRUE : field.TAG_FALSE, field.TAG_TYPE);
      return;
    case 'int64':
      writer.int32(field.TagType.LONG);
      writer.field(field.TAG_LONG, field.TAG_TYPE);
      writer.int64(tag.value);
      return;
    case 'binary':
      writer.int32(field.TagType.BINARY);
      writer.field(field.TAG_BINARY, field.TAG_TYPE);
      writer.binary(tag.value);
  }
}
