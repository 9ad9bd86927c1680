import {
  type KeyValue,
  type Log,
  type Process,
  type Reference,
  type Span,
  sanitizeServiceName,
  spanIdFromInt64,
  traceIdFromHighLow,
  traceIdToBytes,
  ZERO_SPAN_ID,
} from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { tagHash } from '../tag-hash.ts';
import { CompactReader, CompactType } from '../thrift/compact-reader.ts';

/** A `jaeger.thrift` Batch in the compact protocol: 1 process, 2 list of spans, 3 seqNo, 4 stats. */
export function compactBatch(bytes: Uint8Array): EncodedBatch {
  return {
    encoding: 'jaeger-thrift-compact',
    bytes,
    index: () => indexOf(readBatch(new CompactReader(bytes))),
    spans: () => readBatch(new CompactReader(bytes)),
  };
}

function readBatch(reader: CompactReader): Span[] {
  let process: Process = { serviceName: sanitizeServiceName(undefined), tags: [] };
  let spans: Span[] = [];
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    if (id === 1 && reader.fieldType === CompactType.STRUCT) process = readProcess(reader);
    else if (id === 2 && reader.fieldType === CompactType.LIST) {
      spans = readStructs(reader, (inner) => readSpan(inner, process));
    } else reader.skip(reader.fieldType);
  }
  return spans;
}

function readStructs<T>(reader: CompactReader, read: (reader: CompactReader) => T): T[] {
  const { type, count } = reader.list();
  if (count > 0 && type !== CompactType.STRUCT) {
    throw new DecodeError('bad-type', reader.offset, 'a list of structs was expected');
  }
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(read(reader));
  return items;
}

/** Process: 1 serviceName, 2 list of tags. */
function readProcess(reader: CompactReader): Process {
  let serviceName = '';
  let tags: KeyValue[] = [];
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    if (id === 1) serviceName = reader.string();
    else if (id === 2) tags = readStructs(reader, readTag);
    else reader.skip(reader.fieldType);
  }
  return { serviceName, tags };
}

/** Span: 1 traceIdLow, 2 traceIdHigh, 3 spanId, 4 parentSpanId, 5 operationName, 6 references, 7 flags, 8 startTime, 9 duration, 10 tags, 11 logs. */
function readSpan(reader: CompactReader, process: Process): Span {
  let low = 0n;
  let high = 0n;
  let spanId = 0n;
  let parentId = 0n;
  let operationName = '';
  let references: Reference[] = [];
  let flags = 0;
  let startTime = 0;
  let duration = 0;
  let tags: KeyValue[] = [];
  let logs: Log[] = [];
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    if (id === 1) low = reader.i64();
    else if (id === 2) high = reader.i64();
    else if (id === 3) spanId = reader.i64();
    else if (id === 4) parentId = reader.i64();
    else if (id === 5) operationName = reader.string();
    else if (id === 6) references = readStructs(reader, readReference);
    else if (id === 7) flags = reader.i32();
    else if (id === 8) startTime = Number(reader.i64());
    else if (id === 9) duration = Number(reader.i64());
    else if (id === 10) tags = readStructs(reader, readTag);
    else if (id === 11) logs = readStructs(reader, readLog);
    else reader.skip(reader.fieldType);
  }
  const traceId = traceIdFromHighLow(high, low);
  const parent = spanIdFromInt64(parentId);
  if (parent !== ZERO_SPAN_ID && !references.some((r) => r.spanId === parent)) {
    references.unshift({ refType: 'CHILD_OF', traceId, spanId: parent });
  }
  const base = { traceId, spanId: spanIdFromInt64(spanId), operationName, references, flags };
  return { ...base, startTime, duration, tags, logs, process, warnings: [] };
}

/** SpanRef: 1 refType (0 CHILD_OF, 1 FOLLOWS_FROM), 2 traceIdLow, 3 traceIdHigh, 4 spanId. */
function readReference(reader: CompactReader): Reference {
  let type = 0;
  let low = 0n;
  let high = 0n;
  let spanId = 0n;
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    if (id === 1) type = reader.i32();
    else if (id === 2) low = reader.i64();
    else if (id === 3) high = reader.i64();
    else if (id === 4) spanId = reader.i64();
    else reader.skip(reader.fieldType);
  }
  return {
    refType: type === 1 ? 'FOLLOWS_FROM' : 'CHILD_OF',
    traceId: traceIdFromHighLow(high, low),
    spanId: spanIdFromInt64(spanId),
  };
}

/** Log: 1 timestamp, 2 fields. */
function readLog(reader: CompactReader): Log {
  let timestamp = 0;
  let fields: KeyValue[] = [];
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    if (id === 1) timestamp = Number(reader.i64());
    else if (id === 2) fields = readStructs(reader, readTag);
    else reader.skip(reader.fieldType);
  }
  return { timestamp, fields };
}

/** Tag: 1 key, 2 vType (0 string, 1 double, 2 bool, 3 long, 4 binary), 3 vStr, 4 vDouble, 5 vBool, 6 vLong, 7 vBinary. */
function readTag(reader: CompactReader): KeyValue {
  let key = '';
  let type = 0;
  let text = '';
  let double = 0;
  let bool = false;
  let long = 0n;
  let binary: Uint8Array = new Uint8Array();
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    if (id === 1) key = reader.string();
    else if (id === 2) type = reader.i32();
    else if (id === 3) text = reader.string();
    else if (id === 4) double = reader.double();
    else if (id === 5) bool = reader.fieldType === CompactType.TRUE;
    else if (id === 6) long = reader.i64();
    else if (id === 7) binary = reader.binary();
    else reader.skip(reader.fieldType);
  }
  if (type === 1) return { key, type: 'float64', value: double };
  if (type === 2) return { key, type: 'bool', value: bool };
  if (type === 3) return { key, type: 'int64', value: long };
  if (type === 4) return { key, type: 'binary', value: binary };
  return { key, type: 'string', value: text };
}

function indexOf(spans: Span[]): BatchIndex {
  const traceIds = new Uint8Array(16 * spans.length);
  const tagOffsets = new Uint32Array(spans.length + 1);
  const hashes: number[] = [];
  spans.forEach((span, i) => {
    traceIds.set(traceIdToBytes(span.traceId), 16 * i);
    for (const tag of span.tags) hashes.push(tagHash(tag));
    for (const log of span.logs) for (const field of log.fields) hashes.push(tagHash(field));
    tagOffsets[i + 1] = hashes.length;
  });
  const process = spans[0]?.process;
  return {
    count: spans.length,
    traceIds,
    startTimes: Float64Array.from(spans, (span) => span.startTime),
    durations: Float64Array.from(spans, (span) => span.duration),
    operations: spans.map((span) => span.operationName),
    kinds: spans.map((span) => {
      const kind = span.tags.find((tag) => tag.key === 'span.kind');
      return kind?.type === 'string' ? kind.value : '';
    }),
    processOf: new Uint32Array(spans.length),
    processes: process
      ? [{ serviceName: process.serviceName, tagHashes: Uint32Array.from(process.tags, tagHash) }]
      : [],
    tagHashes: Uint32Array.from(hashes),
    tagOffsets,
  };
}
