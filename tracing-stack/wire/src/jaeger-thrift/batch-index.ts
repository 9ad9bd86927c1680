import { BatchIndexBuilder, type TagColumns, TagHashes } from '../batch-index-builder.ts';
import type { BatchIndex, DroppedSpans, IndexedProcess } from '../encoded-batch.ts';
import { CLIENT_UUID, names, spells } from '../names.ts';
import {
  boolHash,
  float64Hash,
  hexBytesHash,
  int64Hash,
  keyBytesHash,
  textBytesHash,
} from '../tag-hash.ts';
import { STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { clientReport, readClientStats } from './client-report.ts';
import { requireFields, see } from './seen-fields.ts';
import {
  BatchField,
  LogField,
  ProcessField,
  ReferenceField,
  SPAN_MIN_BYTES,
  SpanField,
  TagField,
  TagType,
} from './struct-fields.ts';

/** Reads a Batch for indexing only: no string but names, no object a span. Accepts what `readBatchSpans` accepts. */
export function readBatchIndex(reader: ThriftReader): BatchIndex {
  let builder = new BatchIndexBuilder(0);
  let process: IndexedProcess | undefined;
  const uuids: string[] = [];
  let seqNo: number | undefined;
  let dropped: DroppedSpans | undefined;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case BatchField.process:
        seen = see(seen, key, reader.offset);
        process = indexProcess(reader, uuids);
        break;
      case BatchField.spans: {
        seen = see(seen, key, reader.offset);
        const count = reader.structs(SPAN_MIN_BYTES);
        builder = new BatchIndexBuilder(count);
        for (let i = 0; i < count; i++) indexSpan(reader, builder);
        break;
      }
      case BatchField.seqNo:
        seqNo = reader.int64AsNumber();
        break;
      case BatchField.stats:
        dropped = readClientStats(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, BatchField.required, BatchField, reader.offset);
  const client = clientReport(uuids[0], seqNo, dropped);
  return builder.finish(process === undefined ? [] : [process], client);
}

/** The tag `client-uuid` goes to `uuids`. */
function indexProcess(reader: ThriftReader, uuids: string[]): IndexedProcess {
  let serviceName = '';
  const tags = new TagHashes();
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case ProcessField.serviceName:
        seen = see(seen, key, reader.offset);
        serviceName = reader.text(names);
        break;
      case ProcessField.tags:
        seen = see(seen, key, reader.offset);
        indexTags(reader, tags, {
          count: 0,
          columnOf: (...key) => (spells(CLIENT_UUID, ...key) ? uuids : undefined),
        });
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, ProcessField.required, ProcessField, reader.offset);
  return { serviceName, tagHashes: tags.column() };
}

function indexSpan(reader: ThriftReader, builder: BatchIndexBuilder): void {
  const i = builder.count;
  builder.roots[i] = 1;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case SpanField.traceIdLow:
        seen = see(seen, key, reader.offset);
        reader.int64();
        putInt64(builder.traceIds, 16 * i + 8, reader.high, reader.low);
        break;
      case SpanField.traceIdHigh:
        seen = see(seen, key, reader.offset);
        reader.int64();
        putInt64(builder.traceIds, 16 * i, reader.high, reader.low);
        break;
      case SpanField.spanId:
        seen = see(seen, key, reader.offset);
        reader.int64();
        break;
      case SpanField.parentSpanId:
        seen = see(seen, key, reader.offset);
        reader.int64();
        if ((reader.high | reader.low) !== 0) builder.roots[i] = 0;
        break;
      case SpanField.operationName:
        seen = see(seen, key, reader.offset);
        builder.operations[i] = reader.text(names);
        break;
      case SpanField.references: {
        seen = see(seen, key, reader.offset);
        const count = reader.structs();
        for (let k = 0; k < count; k++) indexReference(reader, builder);
        break;
      }
      case SpanField.flags:
        seen = see(seen, key, reader.offset);
        builder.flags[i] = reader.int32();
        break;
      case SpanField.startTime:
        seen = see(seen, key, reader.offset);
        builder.startTimes[i] = reader.int64AsNumber();
        break;
      case SpanField.duration:
        seen = see(seen, key, reader.offset);
        builder.durations[i] = reader.int64AsNumber();
        break;
      case SpanField.tags:
        seen = see(seen, key, reader.offset);
        indexTags(reader, builder.tagHashes, builder);
        break;
      case SpanField.logs: {
        seen = see(seen, key, reader.offset);
        const count = reader.structs();
        for (let k = 0; k < count; k++) indexLog(reader, builder.tagHashes);
        break;
      }
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, SpanField.required, SpanField, reader.offset);
  builder.endSpan();
}

function indexReference(reader: ThriftReader, builder: BatchIndexBuilder): void {
  const traceId = builder.referredTraceId();
  let isSpan = false;
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case ReferenceField.refType:
        seen = see(seen, key, reader.offset);
        reader.int32();
        break;
      case ReferenceField.traceIdLow:
        seen = see(seen, key, reader.offset);
        reader.int64();
        putInt64(traceId, 8, reader.high, reader.low);
        break;
      case ReferenceField.traceIdHigh:
        seen = see(seen, key, reader.offset);
        reader.int64();
        putInt64(traceId, 0, reader.high, reader.low);
        break;
      case ReferenceField.spanId:
        seen = see(seen, key, reader.offset);
        reader.int64();
        isSpan = (reader.high | reader.low) !== 0;
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, ReferenceField.required, ReferenceField, reader.offset);
  if (isSpan) builder.addReferred();
}

function indexLog(reader: ThriftReader, hashes: TagHashes): void {
  let seen = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case LogField.timestamp:
        seen = see(seen, key, reader.offset);
        reader.int64();
        break;
      case LogField.fields:
        seen = see(seen, key, reader.offset);
        indexTags(reader, hashes);
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, LogField.required, LogField, reader.offset);
}

/** Adds the hash of every tag of a list, and the texts that have a column. */
function indexTags(reader: ThriftReader, hashes: TagHashes, columns?: TagColumns): void {
  const count = reader.structs();
  for (let k = 0; k < count; k++) indexTag(reader, hashes, columns);
}

/** Adds the hash of a tag, and its text if it has a column and is the first: `''` unless the value is a string. */
function indexTag(reader: ThriftReader, hashes: TagHashes, columns?: TagColumns): void {
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
      case TagField.key:
        seen = see(seen, key, reader.offset);
        keyStart = reader.binary();
        keyEnd = reader.offset;
        break;
      case TagField.vType:
        seen = see(seen, key, reader.offset);
        type = reader.int32();
        break;
      case TagField.string:
        seen = see(seen, key, reader.offset);
        textStart = reader.binary();
        textEnd = reader.offset;
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
        reader.int64();
        high = reader.high;
        low = reader.low;
        break;
      case TagField.binary:
        seen = see(seen, key, reader.offset);
        binaryStart = reader.binary();
        binaryEnd = reader.offset;
        break;
      default:
        reader.skipField(key);
    }
  }
  requireFields(seen, TagField.required, TagField, reader.offset);
  const hash = keyBytesHash(bytes, keyStart, keyEnd);
  let text = '';
  const column = columns?.columnOf(bytes, keyStart, keyEnd);
  switch (type) {
    case TagType.DOUBLE:
      hashes.add(float64Hash(hash, double));
      break;
    case TagType.BOOL:
      hashes.add(boolHash(hash, bool));
      break;
    case TagType.LONG:
      hashes.add(int64Hash(hash, high, low));
      break;
    case TagType.BINARY:
      hashes.add(hexBytesHash(hash, bytes, binaryStart, binaryEnd));
      break;
    default:
      hashes.add(textBytesHash(hash, bytes, textStart, textEnd));
      if (column) text = names.text(bytes, textStart, textEnd);
  }
  if (columns && column) column[columns.count] ??= text;
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
