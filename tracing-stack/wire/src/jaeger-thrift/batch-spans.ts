import type { KeyValue, Log, Process, Reference, Span, SpanId, TraceId } from '@spoor/model';
import { ZERO_SPAN_ID } from '@spoor/model';
import { spanIdFromHalves, traceIdFromIds } from '../id-halves.ts';
import { names } from '../names.ts';
import { STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { readClientStats } from './client-report.ts';
import { requireFields, see } from './seen-fields.ts';
import {
  BatchField,
  LogField,
  ProcessField,
  ReferenceField,
  ReferenceType,
  SPAN_MIN_BYTES,
  SpanField,
  TagField,
  TagType,
} from './struct-fields.ts';

const NO_TAGS: readonly KeyValue[] = [];
const NO_LOGS: readonly Log[] = [];
const NO_BYTES = new Uint8Array(0);

type Writable<T> = { -readonly [name in keyof T]: T[name] };

/** Reads a Batch whole. Accepts what `readBatchIndex` accepts. */
export function readBatchSpans(reader: ThriftReader): Span[] {
  // The spans need it, and it may stand behind them: it is filled when it is read.
  const process: Writable<Process> = { serviceName: '', tags: NO_TAGS };
  let spans: Span[] = [];
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case BatchField.process:
        seen = see(seen, key, reader.offset);
        readProcess(reader, process);
        break;
      case BatchField.spans:
        seen = see(seen, key, reader.offset);
        spans = readSpans(reader, process);
        break;
      case BatchField.stats:
        // As the index does, which counts from here how deep a field goes that nobody knows.
        readClientStats(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, BatchField.required, BatchField, reader.offset);
  return spans;
}

function readSpans(reader: ThriftReader, process: Process): Span[] {
  const count = reader.structs(SPAN_MIN_BYTES);
  const spans: Span[] = [];
  for (let i = 0; i < count; i++) spans.push(readSpan(reader, process));
  return spans;
}

function readProcess(reader: ThriftReader, process: Writable<Process>): void {
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case ProcessField.serviceName:
        seen = see(seen, key, reader.offset);
        process.serviceName = reader.text(names);
        break;
      case ProcessField.tags:
        seen = see(seen, key, reader.offset);
        process.tags = readTags(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, ProcessField.required, ProcessField, reader.offset);
}

function readSpan(reader: ThriftReader, process: Process): Span {
  let low = ZERO_SPAN_ID;
  let high = ZERO_SPAN_ID;
  let spanId = ZERO_SPAN_ID;
  let parent = ZERO_SPAN_ID;
  let operationName = '';
  let references: Reference[] = [];
  let flags = 0;
  let startTime = 0;
  let duration = 0;
  let tags = NO_TAGS;
  let logs = NO_LOGS;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case SpanField.traceIdLow:
        seen = see(seen, key, reader.offset);
        low = readId(reader);
        break;
      case SpanField.traceIdHigh:
        seen = see(seen, key, reader.offset);
        high = readId(reader);
        break;
      case SpanField.spanId:
        seen = see(seen, key, reader.offset);
        spanId = readId(reader);
        break;
      case SpanField.parentSpanId:
        seen = see(seen, key, reader.offset);
        parent = readId(reader);
        break;
      case SpanField.operationName:
        seen = see(seen, key, reader.offset);
        operationName = reader.text(names);
        break;
      case SpanField.references:
        seen = see(seen, key, reader.offset);
        references = readReferences(reader);
        break;
      case SpanField.flags:
        seen = see(seen, key, reader.offset);
        // Jaeger's model has them unsigned.
        flags = reader.int32() >>> 0;
        break;
      case SpanField.startTime:
        seen = see(seen, key, reader.offset);
        startTime = reader.int64AsNumber();
        break;
      case SpanField.duration:
        seen = see(seen, key, reader.offset);
        duration = reader.int64AsNumber();
        break;
      case SpanField.tags:
        seen = see(seen, key, reader.offset);
        tags = readTags(reader);
        break;
      case SpanField.logs:
        seen = see(seen, key, reader.offset);
        logs = readLogs(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, SpanField.required, SpanField, reader.offset);
  const traceId = traceIdFromIds(high, low);
  if (parent !== ZERO_SPAN_ID) addParent(references, traceId, parent);
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
    warnings: [],
  };
}

/** Jaeger's model has no parent id: it becomes a CHILD_OF put first, unless a reference of any type names that span. */
function addParent(references: Reference[], traceId: TraceId, spanId: SpanId): void {
  if (references.some((known) => known.spanId === spanId && known.traceId === traceId)) return;
  references.unshift({ refType: 'CHILD_OF', traceId, spanId });
}

function readReferences(reader: ThriftReader): Reference[] {
  const count = reader.structs();
  const references: Reference[] = [];
  for (let i = 0; i < count; i++) references.push(readReference(reader));
  return references;
}

function readReference(reader: ThriftReader): Reference {
  let type = 0;
  let low = ZERO_SPAN_ID;
  let high = ZERO_SPAN_ID;
  let spanId = ZERO_SPAN_ID;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case ReferenceField.refType:
        seen = see(seen, key, reader.offset);
        type = reader.int32();
        break;
      case ReferenceField.traceIdLow:
        seen = see(seen, key, reader.offset);
        low = readId(reader);
        break;
      case ReferenceField.traceIdHigh:
        seen = see(seen, key, reader.offset);
        high = readId(reader);
        break;
      case ReferenceField.spanId:
        seen = see(seen, key, reader.offset);
        spanId = readId(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, ReferenceField.required, ReferenceField, reader.offset);
  const refType = type === ReferenceType.FOLLOWS_FROM ? 'FOLLOWS_FROM' : 'CHILD_OF';
  return { refType, traceId: traceIdFromIds(high, low), spanId };
}

function readId(reader: ThriftReader): SpanId {
  reader.int64();
  return spanIdFromHalves(reader.high, reader.low);
}

function readLogs(reader: ThriftReader): Log[] {
  const count = reader.structs();
  const logs: Log[] = [];
  for (let i = 0; i < count; i++) logs.push(readLog(reader));
  return logs;
}

function readLog(reader: ThriftReader): Log {
  let timestamp = 0;
  let fields = NO_TAGS;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case LogField.timestamp:
        seen = see(seen, key, reader.offset);
        timestamp = reader.int64AsNumber();
        break;
      case LogField.fields:
        seen = see(seen, key, reader.offset);
        fields = readTags(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, LogField.required, LogField, reader.offset);
  return { timestamp, fields };
}

function readTags(reader: ThriftReader): KeyValue[] {
  const count = reader.structs();
  const tags: KeyValue[] = [];
  for (let i = 0; i < count; i++) tags.push(readTag(reader));
  return tags;
}

function readTag(reader: ThriftReader): KeyValue {
  let name = '';
  let type = 0;
  let text = '';
  let double = 0;
  let bool = false;
  let long = 0n;
  let binary: Uint8Array = NO_BYTES;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case TagField.key:
        seen = see(seen, key, reader.offset);
        name = reader.text(names);
        break;
      case TagField.vType:
        seen = see(seen, key, reader.offset);
        type = reader.int32();
        break;
      case TagField.string:
        seen = see(seen, key, reader.offset);
        text = reader.text(names);
        break;
      case TagField.double:
        seen = see(seen, key, reader.offset);
        double = reader.double();
        break;
      case TagField.true:
      case TagField.false:
        seen = see(seen, key, reader.offset);
        bool = key === TagField.true;
        break;
      case TagField.long:
        seen = see(seen, key, reader.offset);
        long = reader.int64AsBigInt();
        break;
      case TagField.binary:
        seen = see(seen, key, reader.offset);
        binary = reader.binaryView();
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, TagField.required, TagField, reader.offset);
  switch (type) {
    case TagType.DOUBLE:
      return { key: name, type: 'float64', value: double };
    case TagType.BOOL:
      return { key: name, type: 'bool', value: bool };
    case TagType.LONG:
      return { key: name, type: 'int64', value: long };
    case TagType.BINARY:
      return { key: name, type: 'binary', value: binary };
    default:
      return { key: name, type: 'string', value: text };
  }
}
