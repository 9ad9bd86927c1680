import type { Process, Span } from '@spoor/model';
import { BinaryWriter } from '../thrift/binary-writer.ts';
import { CompactType, STOP } from '../thrift/compact-type.ts';
import { BatchField } from './struct-fields.ts';
import { writeProcess, writeSpan } from './write-structs.ts';

/** A `Batch` struct in the binary protocol, without a message around it: the body of a POST to 14268. */
export function encodeBinaryBatch(process: Process, spans: readonly Span[]): Uint8Array {
  const writer = new BinaryWriter(1024 * (spans.length + 1));
  writer.field(BatchField.process, STOP);
  writeProcess(writer, process);
  writer.field(BatchField.spans, BatchField.process);
  writer.list(CompactType.STRUCT, spans.length);
  for (const span of spans) writeSpan(writer, span);
  writer.stop();
  return writer.bytes();
}

/** The bytes of a `Process` struct, with the stop byte that ends it. */
export function encodeBinaryProcess(process: Process): Uint8Array {
  const writer = new BinaryWriter();
  writeProcess(writer, process);
  return writer.bytes();
}

/** The bytes of a `Span` struct, with the stop byte that ends it. */
export function encodeBinarySpan(span: Span): Uint8Array {
  const writer = new BinaryWriter();
  writeSpan(writer, span);
  return writer.bytes();
}

/** What a batch has beside its process and its spans: two headers of fields, one of a list, the stop byte. */
export const BINARY_BATCH_OVERHEAD = 3 + 3 + 5 + 1;

/** The same as `encodeBinaryBatch`, from what `encodeBinaryProcess` and `encodeBinarySpan` gave. */
export function joinBinaryBatch(process: Uint8Array, spans: readonly Uint8Array[]): Uint8Array {
  const size = spans.reduce((sum, { length }) => sum + length, process.length);
  const writer = new BinaryWriter(size + BINARY_BATCH_OVERHEAD);
  writer.field(BatchField.process, STOP);
  writer.raw(process);
  writer.field(BatchField.spans, BatchField.process);
  writer.list(CompactType.STRUCT, spans.length);
  for (const span of spans) writer.raw(span);
  writer.stop();
  return writer.bytes();
}
