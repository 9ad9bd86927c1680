import type { KeyValue, Log, Process, Reference, Span } from '@spoor/model';
import type { EncodedBatch } from '../encoded-batch.ts';
import { ProtoWriter } from '../proto/proto-writer.ts';
import * as field from './proto-fields.ts';
import { writeDuration, writeTimestamp } from './proto-time.ts';

/** The batch as a `jaeger.api_v2.Batch`: its own bytes if it is one, else written from its spans. Throws `DecodeError`. */
export function protoBatchBytes(batch: EncodedBatch): Uint8Array {
  return batch.encoding === 'jaeger-proto' ? batch.bytes : encodeProtoBatch(batch.spans());
}

/** The first span's process stands in the batch; a span of another process carries its own. */
export function encodeProtoBatch(spans: readonly Span[]): Uint8Array {
  const writer = new ProtoWriter();
  const shared = spans[0]?.process;
  for (const span of spans) writeSpan(writer, span, span.process === shared);
  if (shared !== undefined) writeProcess(writer, field.BATCH_PROCESS, shared);
  return writer.bytes();
}

function writeSpan(writer: ProtoWriter, span: Span, isProcessShared: boolean): void {
  const message = writer.open(field.BATCH_SPANS);
  writer.varint32(field.SPAN_TRACE_ID);
  writer.id(span.traceId, 16);
  writer.varint32(field.SPAN_SPAN_ID);
  writer.id(span.spanId, 8);
  writeText(writer, field.SPAN_OPERATION_NAME, span.operationName);
  for (const reference of span.references) writeReference(writer, reference);
  if (span.flags !== 0) {
    writer.varint32(field.SPAN_FLAGS);
    writer.varint32(span.flags);
  }
  writeTimestamp(writer, field.SPAN_START_TIME, span.startTime);
  writeDuration(writer, field.SPAN_DURATION, span.duration);
  for (const tag of span.tags) writeTag(writer, field.SPAN_TAGS, tag);
  for (const log of span.logs) writeLog(writer, log);
  if (!isProcessShared) writeProcess(writer, field.SPAN_PROCESS, span.process);
  for (const warning of span.warnings) {
    writer.varint32(field.SPAN_WARNINGS);
    writer.string(warning);
  }
  writer.close(message);
}

function writeReference(writer: ProtoWriter, { refType, traceId, spanId }: Reference): void {
  const message = writer.open(field.SPAN_REFERENCES);
  writer.varint32(field.REFERENCE_TRACE_ID);
  writer.id(traceId, 16);
  writer.varint32(field.REFERENCE_SPAN_ID);
  writer.id(spanId, 8);
  if (refType === 'FOLLOWS_FROM') {
    writer.varint32(field.REFERENCE_TYPE);
    writer.varint32(field.FOLLOWS_FROM);
  }
  writer.close(message);
}

function writeLog(writer: ProtoWriter, { timestamp, fields }: Log): void {
  const message = writer.open(field.SPAN_LOGS);
  writeTimestamp(writer, field.LOG_TIMESTAMP, timestamp);
  for (const tag of fields) writeTag(writer, field.LOG_FIELDS, tag);
  writer.close(message);
}

function writeProcess(writer: ProtoWriter, tag: number, { serviceName, tags }: Process): void {
  const message = writer.open(tag);
  writeText(writer, field.PROCESS_SERVICE_NAME, serviceName);
  for (const processTag of tags) writeTag(writer, field.PROCESS_TAGS, processTag);
  writer.close(message);
}

function writeTag(writer: ProtoWriter, tag: number, kv: KeyValue): void {
  const message = writer.open(tag);
  writeText(writer, field.TAG_KEY, kv.key);
  writeValue(writer, kv);
  writer.close(message);
}

/** The type, and the value unless it is the type's zero, which proto3 leaves out. */
function writeValue(writer: ProtoWriter, kv: KeyValue): void {
  switch (kv.type) {
    case 'string':
      writeText(writer, field.TAG_STRING, kv.value);
      return;
    case 'bool':
      writeType(writer, field.ValueType.BOOL);
      if (kv.value) {
        writer.varint32(field.TAG_BOOL);
        writer.varint32(1);
      }
      return;
    case 'int64':
      writeType(writer, field.ValueType.INT64);
      if (kv.value !== 0n) {
        writer.varint32(field.TAG_INT64);
        writer.int64(kv.value);
      }
      return;
    case 'float64':
      writeType(writer, field.ValueType.FLOAT64);
      // -0 is not left out: a reader would make 0 of it.
      if (!Object.is(kv.value, 0)) {
        writer.varint32(field.TAG_FLOAT64);
        writer.double(kv.value);
      }
      return;
    case 'binary':
      writeType(writer, field.ValueType.BINARY);
      if (kv.value.length > 0) {
        writer.varint32(field.TAG_BINARY);
        writer.binary(kv.value);
      }
  }
}

function writeType(writer: ProtoWriter, type: number): void {
  writer.varint32(field.TAG_TYPE);
  writer.varint32(type);
}

function writeText(writer: ProtoWriter, tag: number, text: string): void {
  if (text === '') return;
  writer.varint32(tag);
  writer.string(text);
}
