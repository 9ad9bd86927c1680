import type { KeyValue, Log, Process, Reference, Span } from '@spoor/model';
import { NULL_PROCESS_SERVICE_NAME, ZERO_SPAN_ID } from '@spoor/model';
import { names } from '../names.ts';
import { ProtoReader } from '../proto/proto-reader.ts';
import { END } from '../proto/wire-type.ts';
import { type ProcessBytes, ProcessTable, readOutline, readProcessBytes } from './batch-outline.ts';
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
import { readSpanId, readTraceId } from './proto-ids.ts';
import { durationMicros, readTime, timestampMicros } from './proto-time.ts';

const NO_BYTES = new Uint8Array(0);

/** Reads a Batch whole. Accepts what `readBatchIndex` accepts. A span's own process goes before the batch's. */
export function readBatchSpans(bytes: Uint8Array): Span[] {
  const outline = readOutline(bytes);
  const processes = new ProcessTable(readProcess);
  let ofBatch: Process = { serviceName: NULL_PROCESS_SERVICE_NAME, tags: [] };
  if (outline.process !== undefined) {
    ofBatch = processes.items[processes.add(outline.process)] as Process;
  }
  const spans: Span[] = [];
  const reader = new ProtoReader(bytes);
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === BatchField.spans) spans.push(readSpan(reader, ofBatch, processes));
    else reader.skipField(tag);
  }
  return spans;
}

function readProcess(reader: ProtoReader): Process {
  let serviceName = '';
  const tags: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === ProcessField.serviceName) serviceName = reader.text(names);
    else if (tag === ProcessField.tags) tags.push(readTag(reader));
    else reader.skipField(tag);
  }
  return { serviceName, tags };
}

function readSpan(reader: ProtoReader, ofBatch: Process, processes: ProcessTable<Process>): Span {
  let traceId = ZERO_SPAN_ID;
  let spanId = ZERO_SPAN_ID;
  let operationName = '';
  const references: Reference[] = [];
  let flags = 0;
  const start = { seconds: 0, nanos: 0 };
  const length = { seconds: 0, nanos: 0 };
  const tags: KeyValue[] = [];
  const logs: Log[] = [];
  let own: ProcessBytes | undefined;
  const warnings: string[] = [];
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case SpanField.traceId:
        traceId = readTraceId(reader);
        break;
      case SpanField.spanId:
        spanId = readSpanId(reader);
        break;
      case SpanField.operationName:
        operationName = reader.text(names);
        break;
      case SpanField.references:
        references.push(readReference(reader));
        break;
      case SpanField.flags:
        flags = reader.int32() >>> 0;
        break;
      case SpanField.startTime:
        readTime(reader, start);
        break;
      case SpanField.duration:
        readTime(reader, length);
        break;
      case SpanField.tags:
        tags.push(readTag(reader));
        break;
      case SpanField.logs:
        logs.push(readLog(reader));
        break;
      case SpanField.process:
        own = readProcessBytes(reader, own);
        break;
      case SpanField.warnings:
        warnings.push(reader.text(names));
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.close(outer);
  const startTime = timestampMicros(reader, start);
  const duration = durationMicros(reader, length);
  const process = own === undefined ? ofBatch : (processes.items[processes.of(own)] as Process);
  return {
    traceId,
    spanId,
    operationName,
    references,
    flags,
    startTime,
    duration,
    tags,
    logs,
    process,
    warnings,
  };
}

function readReference(reader: ProtoReader): Reference {
  let traceId = ZERO_SPAN_ID;
  let spanId = ZERO_SPAN_ID;
  let type = 0;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === ReferenceField.traceId) traceId = readTraceId(reader);
    else if (tag === ReferenceField.spanId) spanId = readSpanId(reader);
    else if (tag === ReferenceField.type) type = reader.int32();
    else reader.skipField(tag);
  }
  reader.close(outer);
  return {
    refType: type === ReferenceType.FOLLOWS_FROM ? 'FOLLOWS_FROM' : 'CHILD_OF',
    traceId,
    spanId,
  };
}

function readLog(reader: ProtoReader): Log {
  const time = { seconds: 0, nanos: 0 };
  const fields: KeyValue[] = [];
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === LogField.timestamp) readTime(reader, time);
    else if (tag === LogField.fields) fields.push(readTag(reader));
    else reader.skipField(tag);
  }
  reader.close(outer);
  return { timestamp: timestampMicros(reader, time), fields };
}

function readTag(reader: ProtoReader): KeyValue {
  let name = '';
  let type = 0;
  let text = '';
  let bool = false;
  let int64 = 0n;
  let double = 0;
  let binary: Uint8Array = NO_BYTES;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case TagField.key:
        name = reader.text(names);
        break;
      case TagField.type:
        type = reader.int32();
        break;
      case TagField.string:
        text = reader.text(names);
        break;
      case TagField.bool:
        bool = reader.bool();
        break;
      case TagField.int64:
        int64 = reader.int64AsBigInt();
        break;
      case TagField.float64:
        double = reader.double();
        break;
      case TagField.binary:
        binary = reader.binaryView();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.close(outer);
  switch (type) {
    case ValueType.BOOL:
      return { key: name, type: 'bool', value: bool };
    case ValueType.INT64:
      return { key: name, type: 'int64', value: int64 };
    case ValueType.FLOAT64:
      return { key: name, type: 'float64', value: double };
    case ValueType.BINARY:
      return { key: name, type: 'binary', value: binary };
    default:
      return { key: name, type: 'string', value: text };
  }
}
