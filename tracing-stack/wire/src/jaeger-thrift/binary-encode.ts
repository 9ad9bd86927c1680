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
