import { BatchIndexBuilder, type TagColumns, TagHashes } from '../batch-index-builder.ts';
import type { BatchIndex, IndexedProcess } from '../encoded-batch.ts';
import { names } from '../names.ts';
import { ProtoReader } from '../proto/proto-reader.ts';
import { END } from '../proto/wire-type.ts';
import {
  boolHash,
  float64Hash,
  hexBytesHash,
  int64Hash,
  keyBytesHash,
  textBytesHash,
} from '../tag-hash.ts';
import { type ProcessBytes, ProcessTable, readOutline, readProcessBytes } from './batch-outline.ts';
import {
  BatchField,
  LogField,
  ProcessField,
  ReferenceField,
  SpanField,
  TagField,
  ValueType,
} from './proto-fields.ts';
import { passSpanId, passTraceId } from './proto-ids.ts';
import { durationMicros, readTime, timestampMicros } from './proto-time.ts';

/** What stands for the process of a span that came without any. */
const NO_PROCESS: IndexedProcess = { serviceName: undefined, tagHashes: new Uint32Array(0) };

/** Reads a Batch for indexing only: no string but names, no object a tag. Accepts what `readBatchSpans` accepts. */
export function readBatchIndex(bytes: Uint8Array): BatchIndex {
  const outline = readOutline(bytes);
  const builder = new BatchIndexBuilder(outline.spanCount);
  const processes = new ProcessTable(indexProcess);
  const ofBatch = outline.process === undefined ? undefined : processes.add(outline.process);
  let withoutProcess: number | undefined;
  const reader = new ProtoReader(bytes);
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag !== BatchField.spans) {
      reader.skipField(tag);
      continue;
    }
    const own = indexSpan(reader, builder);
    const i = builder.count - 1;
    if (own !== undefined) builder.processOf[i] = processes.of(own);
    else if (ofBatch !== undefined) builder.processOf[i] = ofBatch;
    else {
      withoutProcess ??= processes.items.push(NO_PROCESS) - 1;
      builder.processOf[i] = withoutProcess;
    }
  }
  return builder.finish(processes.items);
}

function indexProcess(reader: ProtoReader): IndexedProcess {
  let serviceName = '';
  const tags = new TagHashes();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === ProcessField.serviceName) serviceName = reader.text(names);
    else if (tag === ProcessField.tags) indexTag(reader, tags);
    else reader.skipField(tag);
  }
  return { serviceName, tagHashes: tags.column() };
}

/** Adds a span to the columns; returns its own process if it has one. */
function indexSpan(reader: ProtoReader, builder: BatchIndexBuilder): ProcessBytes | undefined {
  const i = builder.count;
  const start = { seconds: 0, nanos: 0 };
  const duration = { seconds: 0, nanos: 0 };
  let operation = '';
  builder.roots[i] = 1;
  let process: ProcessBytes | undefined;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case SpanField.traceId:
        putTraceId(builder.traceIds, 16 * i, reader);
        break;
      case SpanField.spanId:
        passSpanId(reader);
        break;
      case SpanField.operationName:
        operation = reader.text(names);
        break;
      case SpanField.references:
        indexReference(reader, builder);
        break;
      case SpanField.flags:
        builder.flags[i] = reader.int32();
        break;
      case SpanField.startTime:
        readTime(reader, start);
        break;
      case SpanField.duration:
        readTime(reader, duration);
        break;
      case SpanField.tags:
        indexTag(reader, builder.tagHashes, builder);
        break;
      case SpanField.logs:
        indexLog(reader, builder.tagHashes);
        break;
      case SpanField.process:
        process = readProcessBytes(reader, process);
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.close(outer);
  builder.startTimes[i] = timestampMicros(reader, start);
  builder.durations[i] = durationMicros(reader, duration);
  builder.operations.push(operation);
  builder.endSpan();
  return process;
}

function putTraceId(column: Uint8Array, at: number, reader: ProtoReader): void {
  const start = passTraceId(reader);
  const { bytes, offset } = reader;
  const from = at + 16 - (offset - start);
  // A second id takes the place of the first, which may have been longer.
  for (let i = at; i < from; i++) column[i] = 0;
  for (let i = 0; i < offset - start; i++) column[from + i] = bytes[start + i] as number;
}

function indexReference(reader: ProtoReader, builder: BatchIndexBuilder): void {
  const traceId = builder.referredTraceId();
  let isSpan = false;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === ReferenceField.traceId) putTraceId(traceId, 0, reader);
    else if (tag === ReferenceField.spanId) {
      const start = passSpanId(reader);
      isSpan = reader.bytes.subarray(start, reader.offset).some((byte) => byte !== 0);
    } else reader.skipField(tag);
  }
  reader.close(outer);
  if (isSpan) builder.addReferred();
}

function indexLog(reader: ProtoReader, hashes: TagHashes): void {
  const time = { seconds: 0, nanos: 0 };
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === LogField.timestamp) readTime(reader, time);
    else if (tag === LogField.fields) indexTag(reader, hashes);
    else reader.skipField(tag);
  }
  reader.close(outer);
  timestampMicros(reader, time);
}

/** Adds the hash of a tag, and its text if it has a column and is the first: `''` unless the value is a string. */
function indexTag(reader: ProtoReader, hashes: TagHashes, columns?: TagColumns): void {
  const { bytes } = reader;
  let keyStart = 0;
  let keyEnd = 0;
  let type = 0;
  let textStart = 0;
  let textEnd = 0;
  let double = 0;
  let bool = false;
  let high = 0;
  let low = 0;
  let binaryStart = 0;
  let binaryEnd = 0;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case TagField.key:
        keyStart = reader.binary();
        keyEnd = reader.offset;
        break;
      case TagField.type:
        type = reader.int32();
        break;
      case TagField.string:
        textStart = reader.binary();
        textEnd = reader.offset;
        break;
      case TagField.bool:
        bool = reader.bool();
        break;
      case TagField.int64:
        reader.int64();
        high = reader.high;
        low = reader.low;
        break;
      case TagField.float64:
        double = reader.double();
        break;
      case TagField.binary:
        binaryStart = reader.binary();
        binaryEnd = reader.offset;
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.close(outer);
  const hash = keyBytesHash(bytes, keyStart, keyEnd);
  let text = '';
  const column = columns?.columnOf(bytes, keyStart, keyEnd);
  switch (type) {
    case ValueType.BOOL:
      hashes.add(boolHash(hash, bool));
      break;
    case ValueType.INT64:
      hashes.add(int64Hash(hash, high, low));
      break;
    case ValueType.FLOAT64:
      hashes.add(float64Hash(hash, double));
      break;
    case ValueType.BINARY:
      hashes.add(hexBytesHash(hash, bytes, binaryStart, binaryEnd));
      break;
    default:
      hashes.add(textBytesHash(hash, bytes, textStart, textEnd));
      if (column) text = names.text(bytes, textStart, textEnd);
  }
  if (columns && column) column[columns.count] ??= text;
}
