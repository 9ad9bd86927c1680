import type { Process, Span } from '@spoor/model';
import { CompactType, STOP } from '../thrift/compact-type.ts';
import { CompactWriter } from '../thrift/compact-writer.ts';
import { ONEWAY, PROTOCOL_ID, VERSION } from '../thrift/thrift-call.ts';
import { encodeCompactProcess, encodeCompactSpan } from './compact-encode.ts';
import { METHOD } from './emit-batch.ts';
import { BatchField, EmitBatchField } from './struct-fields.ts';

/** Protocol id, version and type, length and text of the method, headers of the three fields, two stop bytes. */
const FIXED_SIZE = 2 + 1 + METHOD.length + 3 + 2;

/** How long `emitBatchDatagram` will be, from the lengths of the encoded process and spans. */
export function emitBatchSize(parts: {
  readonly processLength: number;
  readonly spanLengths: readonly number[];
  readonly seqNo: number;
}): number {
  const { processLength, spanLengths, seqNo } = parts;
  const count = spanLengths.length;
  const listHeader = count < 15 ? 1 : 1 + varintSize(count);
  const spansLength = spanLengths.reduce((sum, length) => sum + length, 0);
  return FIXED_SIZE + varintSize(seqNo) + processLength + listHeader + spansLength;
}

/** The datagram for UDP 6831 from what `encodeCompactProcess` and `encodeCompactSpan` gave. `seqNo`: an uint32. */
export function emitBatchDatagram(parts: {
  readonly process: Uint8Array;
  readonly spans: readonly Uint8Array[];
  readonly seqNo: number;
}): Uint8Array {
  const { process, spans, seqNo } = parts;
  const spanLengths = spans.map((span) => span.length);
  const writer = new CompactWriter(
    emitBatchSize({ processLength: process.length, spanLengths, seqNo }),
  );
  writer.byte(PROTOCOL_ID);
  writer.byte((ONEWAY << 5) | VERSION);
  writer.varint32(seqNo);
  writer.string(METHOD);
  writer.field(EmitBatchField.batch, STOP);
  writer.field(BatchField.process, STOP);
  writer.raw(process);
  writer.field(BatchField.spans, BatchField.process);
  writer.list(CompactType.STRUCT, spans.length);
  for (const span of spans) writer.raw(span);
  writer.stop();
  writer.stop();
  return writer.bytes();
}

/** The datagram that reports `spans` of `process` to UDP 6831. */
export function encodeEmitBatch(
  process: Process,
  spans: readonly Span[],
  seqNo: number,
): Uint8Array {
  return emitBatchDatagram({
    process: encodeCompactProcess(process),
    spans: spans.map(encodeCompactSpan),
    seqNo,
  });
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) size++;
  return size;
}
