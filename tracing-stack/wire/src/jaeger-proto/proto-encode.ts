import type { KeyValue, Log, Process, Reference, Span } from '@spoor/model';
import type { EncodedBatch } from '../encoded-batch.ts';
import { ProtoWriter } from '../proto/proto-writer.ts';
import {
  BatchField,
  LogField,
  ProcessField,
  ReferenceField,
  ReferenceType,
  SpanField,
  TagField,
  ValueType,
} from './proto-fields.ts';
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
  if (shared !== undefined) writeProcess(writer, BatchField.process, shared);
  return writer.bytes();
}

/** Where a chunk of spans ends: with so many spans, or with the span that makes it so many bytes. */
export interface ChunkLimits {
  readonly spans: number;
  readonly bytes: number;
}

/**
 * The spans in Batches, each span with its own process: how the gRPC storage protocol answers, whose
 * `SpansResponseChunk` is laid out as a Batch without a process.
 */
export function* encodeSpanChunks(
  spans: readonly Span[],
  limits: ChunkLimits,
): Generator<Uint8Array> {
  let writer = new ProtoWriter();
  let count = 0;
  for (const span of spans) {
    writeSpan(writer, span, false);
    if (++count < limits.spans && writer.bytes().length < limits.bytes) continue;
    yield writer.bytes();
    writer = new ProtoWriter();
    count = 0;
  }
  if (count > 0) yield writer.bytes();
}

function writeSpan(writer: ProtoWriter, span: Span, isProcessShared: boolean): void {
  const message = writer.open(BatchField.spans);
  writer.varint32(SpanField.traceId);
  writer.id(span.traceId, 16);
  writer.varint32(SpanField.spanId);
  writer.id(span.spanId, 8);
  writeText(writer, SpanField.operationName, span.operationName);
  for (const reference of span.references) writeReference(writer, reference);
  if (span.flags !== 0) {
    writer.varint32(SpanField.flags);
    writer.varint32(span.flags);
  }
  writeTimestamp(writer, SpanField.startTime, span.startTime);
  writeDuration(writer, SpanField.duration, span.duration);
  for (const tag of span.tags) writeTag(writer, SpanField.tags, tag);
  for (const log of span.logs) writeLog(writer, log);
  if (!isProcessShared) writeProcess(writer, SpanField.process, span.process);
  for (const warning of span.warnings) {
    writer.varint32(SpanField.warnings);
    writer.string(warning);
  }
  writer.close(message);
}

function writeReference(writer: ProtoWriter, { refType, traceId, spanId }: Reference): void {
  const message = writer.open(SpanField.references);
  writer.varint32(ReferenceField.traceId);
  writer.id(traceId, 16);
  writer.varint32(ReferenceField.spanId);
  writer.id(spanId, 8);
  if (refType === 'FOLLOWS_FROM') {
    writer.varint32(ReferenceField.type);
    writer.varint32(ReferenceType.FOLLOWS_FROM);
  }
  writer.close(message);
}

function writeLog(writer: ProtoWriter, { timestamp, fields }: Log): void {
  const message = writer.open(SpanField.logs);
  writeTimestamp(writer, LogField.timestamp, timestamp);
  for (const tag of fields) writeTag(writer, LogField.fields, tag);
  writer.close(message);
}

function writeProcess(writer: ProtoWriter, tag: number, { serviceName, tags }: Process): void {
  const message = writer.open(tag);
  writeText(writer, ProcessField.serviceName, serviceName);
  for (const processTag of tags) writeTag(writer, ProcessField.tags, processTag);
  writer.close(message);
}

function writeTag(writer: ProtoWriter, tag: number, kv: KeyValue): void {
  const message = writer.open(tag);
  writeText(writer, TagField.key, kv.key);
  writeValue(writer, kv);
  writer.close(message);
}

/** The type, and the value unless it is the type's zero, which proto3 leaves out. */
function writeValue(writer: ProtoWriter, kv: KeyValue): void {
  switch (kv.type) {
    case 'string':
      writeText(writer, TagField.string, kv.value);
      return;
    case 'bool':
      writeType(writer, ValueType.BOOL);
      if (kv.value) {
        writer.varint32(TagField.bool);
        writer.varint32(1);
      }
      return;
    case 'int64':
      writeType(writer, ValueType.INT64);
      if (kv.value !== 0n) {
        writer.varint32(TagField.int64);
        writer.int64(kv.value);
      }
      return;
    case 'float64':
      writeType(writer, ValueType.FLOAT64);
      // -0 is not left out: a reader would make 0 of it.
      if (!Object.is(kv.value, 0)) {
        writer.varint32(TagField.float64);
        writer.double(kv.value);
      }
      return;
    case 'binary':
      writeType(writer, ValueType.BINARY);
      if (kv.value.length > 0) {
        writer.varint32(TagField.binary);
        writer.binary(kv.value);
      }
  }
}

function writeType(writer: ProtoWriter, type: number): void {
  writer.varint32(TagField.type);
  writer.varint32(type);
}

function writeText(writer: ProtoWriter, tag: number, text: string): void {
  if (text === '') return;
  writer.varint32(tag);
  writer.string(text);
}
