import type { Process, Span } from '@spoor/model';
import { CompactWriter } from '../thrift/compact-writer.ts';
import { writeProcess, writeSpan } from './write-structs.ts';

/** The bytes of a `Process` struct, with the stop byte that ends it. */
export function encodeCompactProcess(process: Process): Uint8Array {
  const writer = new CompactWriter();
  writeProcess(writer, process);
  return writer.bytes();
}

/** The bytes of a `Span` struct, with the stop byte that ends it. Its process and its warnings have no place there. */
export function encodeCompactSpan(span: Span): Uint8Array {
  const writer = new CompactWriter();
  writeSpan(writer, span);
  return writer.bytes();
}
