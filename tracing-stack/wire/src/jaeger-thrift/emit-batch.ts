import {
  type KeyValue,
  type Process,
  type Span,
  spanIdToInt64,
  traceIdHigh,
  traceIdLow,
} from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import { CompactReader, CompactType } from '../thrift/compact-reader.ts';
import { CompactWriter } from '../thrift/compact-writer.ts';
import { compactBatch } from './compact-batch.ts';

/** Compact message header: byte 0x82, then version (low five bits, 1) with the message type above (4 = oneway). */
const PROTOCOL_ID = 0x82;
const VERSION = 1;
const ONEWAY = 4;

/** Reads a datagram of UDP 6831: the oneway call `emitBatch(1: Batch)`. Throws `DecodeError`. */
export function decodeEmitBatch(datagram: Uint8Array): EncodedBatch {
  const reader = new CompactReader(datagram);
  if (reader.byte() !== PROTOCOL_ID || (reader.byte() & 0x1f) !== VERSION) {
    throw new DecodeError('bad-message', 0, 'not a compact Thrift message');
  }
  reader.varint32();
  const name = reader.string();
  if (name !== 'emitBatch') throw new DecodeError('bad-message', 3, `unknown method ${name}`);
  for (let id = reader.nextField(0); id >= 0; id = reader.nextField(id)) {
    const start = reader.offset;
    const isBatch = id === 1 && reader.fieldType === CompactType.STRUCT;
    reader.skip(reader.fieldType);
    if (isBatch) return compactBatch(reader.bytes.subarray(start, reader.offset));
  }
  throw new DecodeError('missing-field', reader.offset, 'emitBatch without a batch');
}

/** The datagram that reports `spans` of `process` to UDP 6831. */
export function encodeEmitBatch(process: Process, spans: readonly Span[], seqNo: number): Buffer {
  const writer = new CompactWriter();
  writer.byte(PROTOCOL_ID);
  writer.byte((ONEWAY << 5) | VERSION);
  writer.varint(seqNo);
  writer.string('emitBatch');
  writer.field(CompactType.STRUCT, 1, 0);
  writer.field(CompactType.STRUCT, 1, 0);
  writer.field(CompactType.BINARY, 1, 0);
  writer.string(process.serviceName);
  writeTags(writer, 2, 1, process.tags);
  writer.stop();
  writer.field(CompactType.LIST, 2, 1);
  writer.list(CompactType.STRUCT, spans.length);
  for (const span of spans) writeSpan(writer, span);
  writer.stop();
  writer.stop();
  return writer.bytes();
}

function writeSpan(writer: CompactWriter, span: Span): void {
  const parent = span.references.find((r) => r.refType === 'CHILD_OF')?.spanId ?? '0';
  writer.field(CompactType.I64, 1, 0);
  writer.i64(traceIdLow(span.traceId));
  writer.field(CompactType.I64, 2, 1);
  writer.i64(traceIdHigh(span.traceId));
  writer.field(CompactType.I64, 3, 2);
  writer.i64(spanIdToInt64(span.spanId));
  writer.field(CompactType.I64, 4, 3);
  writer.i64(spanIdToInt64(parent));
  writer.field(CompactType.BINARY, 5, 4);
  writer.string(span.operationName);
  writer.field(CompactType.I32, 7, 5);
  writer.i32(span.flags);
  writer.field(CompactType.I64, 8, 7);
  writer.i64(BigInt(span.startTime));
  writer.field(CompactType.I64, 9, 8);
  writer.i64(BigInt(span.duration));
  writeTags(writer, 10, 9, span.tags);
  writer.field(CompactType.LIST, 11, 10);
  writer.list(CompactType.STRUCT, span.logs.length);
  for (const log of span.logs) {
    writer.field(CompactType.I64, 1, 0);
    writer.i64(BigInt(log.timestamp));
    writeTags(writer, 2, 1, log.fields);
    writer.stop();
  }
  writer.stop();
}

function writeTags(
  writer: CompactWriter,
  id: number,
  previousId: number,
  tags: readonly KeyValue[],
): void {
  writer.field(CompactType.LIST, id, previousId);
  writer.list(CompactType.STRUCT, tags.length);
  for (const tag of tags) {
    writer.field(CompactType.BINARY, 1, 0);
    writer.string(tag.key);
    writer.field(CompactType.I32, 2, 1);
    writeValue(writer, tag);
    writer.stop();
  }
}

function writeValue(writer: CompactWriter, tag: KeyValue): void {
  switch (tag.type) {
    case 'string':
      writer.i32(0);
      writer.field(CompactType.BINARY, 3, 2);
      writer.string(tag.value);
      return;
    case 'float64':
      writer.i32(1);
      writer.field(CompactType.DOUBLE, 4, 2);
      writer.double(tag.value);
      return;
    case 'bool':
      writer.i32(2);
      writer.field(tag.value ? CompactType.TRUE : CompactType.FALSE, 5, 2);
      return;
    case 'int64':
      writer.i32(3);
      writer.field(CompactType.I64, 6, 2);
      writer.i64(tag.value);
      return;
    case 'binary':
      writer.i32(4);
      writer.field(CompactType.BINARY, 7, 2);
      writer.binary(tag.value);
  }
}
