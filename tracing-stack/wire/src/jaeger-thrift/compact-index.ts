import { BatchIndexBuilder, TagHashes } from '../batch-index-builder.ts';
import type { BatchIndex, IndexedProcess } from '../encoded-batch.ts';
import { isSpanKind, names } from '../names.ts';
import {
  boolHash,
  float64Hash,
  hexBytesHash,
  int64Hash,
  keyBytesHash,
  textBytesHash,
} from '../tag-hash.ts';
import type { CompactReader } from '../thrift/compact-reader.ts';
import { STOP } from '../thrift/compact-type.ts';
import * as field from './compact-fields.ts';
import { requireFields, see } from './seen-fields.ts';

/** Reads a Batch for indexing only: no string but names, no object a span. Accepts what `readBatchSpans` accepts. */
export function readBatchIndex(reader: CompactReader): BatchIndex {
  let builder = new BatchIndexBuilder(0);
  let process: IndexedProcess | undefined;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case field.BATCH_PROCESS:
        seen = see(seen, key, reader.offset);
        process = indexProcess(reader);
        break;
      case field.BATCH_SPANS: {
        seen = see(seen, key, reader.offset);
        const count = reader.structs();
        builder = new BatchIndexBuilder(count);
        for (let i = 0; i < count; i++) indexSpan(reader, builder);
        break;
      }
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, field.REQUIRED_OF_BATCH, 'Batch', reader.offset);
  return builder.finish(process === undefined ? [] : [process]);
}

function indexProcess(reader: CompactReader): IndexedProcess {
  let serviceName = '';
  const tags = new TagHashes();
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case field.PROCESS_SERVICE_NAME:
        seen = see(seen, key, reader.offset);
        serviceName = reader.text(names);
        break;
      case field.PROCESS_TAGS:
        seen = see(seen, key, reader.offset);
        indexTags(reader, tags);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, field.REQUIRED_OF_PROCESS, 'Process', reader.offset);
  return { serviceName, tagHashes: tags.column() };
}

function indexSpan(reader: CompactReader, builder: BatchIndexBuilder): void {
  const i = builder.count;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case field.SPAN_TRACE_ID_LOW:
        seen = see(seen, key, reader.offset);
        reader.int64();
        putInt64(builder.traceIds, 16 * i + 8, reader.high, reader.low);
        break;
      case field.SPAN_TRACE_ID_HIGH:
        seen = see(seen, key, reader.offset);
        reader.int64();
        putInt64(builder.traceIds, 16 * i, reader.high, reader.low);
        break;
      case field.SPAN_SPAN_ID:
      case field.SPAN_PARENT_SPAN_ID:
        seen = see(seen, key, reader.offset);
        reader.int64();
        break;
      case field.SPAN_OPERATION_NAME:
        seen = see(seen, key, reader.offset);
        builder.operations[i] = reader.text(names);
        break;
      case field.SPAN_REFERENCES: {
        seen = see(seen, key, reader.offset);
        const count = reader.structs();
        for (let k = 0; k < count; k++) passReference(reader);
        break;
      }
      case field.SPAN_FLAGS:
        seen = see(seen, key, reader.offset);
        reader.int32();
        break;
      case field.SPAN_START_TIME:
        seen = see(seen, key, reader.offset);
        builder.startTimes[i] = reader.int64AsNumber();
        break;
      case field.SPAN_DURATION:
        seen = see(seen, key, reader.offset);
        builder.durations[i] = reader.int64AsNumber();
        break;
      case field.SPAN_TAGS:
        seen = see(seen, key, reader.offset);
        builder.kinds[i] = indexTags(reader, builder.tagHashes);
        break;
      case field.SPAN_LOGS: {
        seen = see(seen, key, reader.offset);
        const count = reader.structs();
        for (let k = 0; k < count; k++) indexLog(reader, builder.tagHashes);
        break;
      }
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, field.REQUIRED_OF_SPAN, 'Span', reader.offset);
  if (builder.kinds[i] === undefined) builder.kinds[i] = '';
  builder.endSpan();
}

function passReference(reader: CompactReader): void {
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case field.REFERENCE_TYPE:
        seen = see(seen, key, reader.offset);
        reader.int32();
        break;
      case field.REFERENCE_TRACE_ID_LOW:
      case field.REFERENCE_TRACE_ID_HIGH:
      case field.REFERENCE_SPAN_ID:
        seen = see(seen, key, reader.offset);
        reader.int64();
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, field.REQUIRED_OF_REFERENCE, 'SpanRef', reader.offset);
}

function indexLog(reader: CompactReader, hashes: TagHashes): void {
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case field.LOG_TIMESTAMP:
        seen = see(seen, key, reader.offset);
        reader.int64();
        break;
      case field.LOG_FIELDS:
        seen = see(seen, key, reader.offset);
        indexTags(reader, hashes);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, field.REQUIRED_OF_LOG, 'Log', reader.offset);
}

/** Adds the hash of every tag of a list; returns the text of its first `span.kind`, `''` without one. */
function indexTags(reader: CompactReader, hashes: TagHashes): string {
  const count = reader.structs();
  let kind: string | undefined;
  for (let k = 0; k < count; k++) {
    const found = indexTag(reader, hashes);
    if (found !== undefined && kind === undefined) kind = found;
  }
  return kind ?? '';
}

/** Adds the hash of a tag. If its key is `span.kind`, returns its text: `''` unless the value is a string. */
function indexTag(reader: CompactReader, hashes: TagHashes): string | undefined {
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
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case field.TAG_KEY:
        seen = see(seen, key, reader.offset);
        keyStart = reader.binary();
        keyEnd = reader.offset;
        break;
      case field.TAG_TYPE:
        seen = see(seen, key, reader.offset);
        type = reader.int32();
        break;
      case field.TAG_STRING:
        seen = see(seen, key, reader.offset);
        textStart = reader.binary();
        textEnd = reader.offset;
        break;
      case field.TAG_DOUBLE:
        seen = see(seen, key, reader.offset);
        double = reader.double();
        break;
      case field.TAG_TRUE:
      case field.TAG_FALSE:
        seen = see(seen, key, reader.offset);
        bool = key === field.TAG_TRUE;
        break;
      case field.TAG_LONG:
        seen = see(seen, key, reader.offset);
        reader.int64();
        high = reader.high;
        low = reader.low;
        break;
      case field.TAG_BINARY:
        seen = see(seen, key, reader.offset);
        binaryStart = reader.binary();
        binaryEnd = reader.offset;
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, field.REQUIRED_OF_TAG, 'Tag', reader.offset);
  const hash = keyBytesHash(bytes, keyStart, keyEnd);
  const isKind = isSpanKind(bytes, keyStart, keyEnd);
  switch (type) {
    case field.TagType.DOUBLE:
      hashes.add(float64Hash(hash, double));
      break;
    case field.TagType.BOOL:
      hashes.add(boolHash(hash, bool));
      break;
    case field.TagType.LONG:
      hashes.add(int64Hash(hash, high, low));
      break;
    case field.TagType.BINARY:
      hashes.add(hexBytesHash(hash, bytes, binaryStart, binaryEnd));
      break;
    default:
      hashes.add(textBytesHash(hash, bytes, textStart, textEnd));
      if (isKind) return names.text(bytes, textStart, textEnd);
  }
  return isKind ? '' : undefined;
}

function putInt64(bytes: Uint8Array, at: number, high: number, low: number): void {
  bytes[at] = high >>> 24;
  bytes[at + 1] = high >>> 16;
  bytes[at + 2] = high >>> 8;
  bytes[at + 3] = high;
  bytes[at + 4] = low >>> 24;
  bytes[at + 5] = low >>> 16;
  bytes[at + 6] = low >>> 8;
  bytes[at + 7] = low;
}
