import { sanitizeServiceName } from '@spoor/model';
import type { StoredBatch } from '@spoor/storage-api';
import type { BatchIndex } from '@spoor/wire';
import { OPERATION_BYTES, OperationTable } from './operation-table.ts';
import { RECORD_BYTES } from './record-log.ts';
import { columnBytes } from './span-columns.ts';

/** What V8 takes for a trace in a record, in bytes. */
export const TRACE_BYTES = 200;

/** What a batch takes in a segment of its own, counted as `Segment.bytes` counts. In one with others it may take less. */
export function batchBytes({ batch }: StoredBatch, index: BatchIndex): number {
  const traces = new Set<string>();
  const ids = Buffer.from(index.traceIds.buffer, index.traceIds.byteOffset, 16 * index.count);
  for (let at = 0; at < ids.length; at += 16) traces.add(ids.toString('latin1', at, at + 16));
  const operations = new OperationTable();
  operations.add(index);
  return ownBytes(batch.bytes, index) + TRACE_BYTES * traces.size + operations.bytes;
}

/** No less than `batchBytes`, and quick to tell: as if each span were a trace and an operation of its own. */
export function mostBatchBytes({ batch }: StoredBatch, index: BatchIndex): number {
  let letters = sanitizeServiceName(undefined).length;
  for (const { serviceName } of index.processes) {
    letters = Math.max(letters, sanitizeServiceName(serviceName).length);
  }
  const span = TRACE_BYTES + OPERATION_BYTES + 2 * letters;
  // Names of operations and kinds are in the bytes, in no fewer of them than they have letters.
  return ownBytes(batch.bytes, index) + span * index.count + 2 * batch.bytes.length;
}

function ownBytes(bytes: Uint8Array, index: BatchIndex): number {
  return bytes.length + RECORD_BYTES + columnBytes(index);
}
