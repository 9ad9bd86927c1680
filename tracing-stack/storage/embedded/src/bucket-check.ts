import { sanitizeServiceName, traceIdFromBytes } from '@spoor/model';
import type { StoredBatch } from '@spoor/storage-api';
import { formatHash } from '@spoor/storage-api/search';
import type { BatchIndex } from '@spoor/wire';
import { bloomHolds } from './bloom-filter.ts';
import type { Findings } from './findings.ts';
import { operationHash } from './index-hashes.ts';
import { readServiceId, readServices } from './name-tables.ts';
import { decodeRecord } from './record-codec.ts';
import { readSequence } from './sequence-key.ts';
import type { ServiceRow } from './service-row.ts';
import { rowsNewestFirst } from './service-row-scan.ts';
import type { Tables } from './tables.ts';
import { sequencesByTrace } from './trace-row.ts';

/**
 * Reads everything in a bucket: every record whole, whether each span is found by its trace and its service, and
 * whether every row of the index leads to a record.
 */
export function checkBucket(tables: Tables): Findings {
  const problems: string[] = [];
  const rows = serviceRowsByRecord(tables, problems);
  const { sequences, problems: others } = checkRecords(tables, (sequence, stored, index) =>
    spansNotFound(tables, stored, index, rows.get(sequence) ?? []),
  );
  problems.push(...others);
  for (const sequence of rows.keys()) {
    if (!sequences.has(sequence)) problems.push(`record ${sequence} of a service is missing`);
  }
  return { records: sequences.size, problems };
}

/** The same of the archive, in which nothing is found by its service. */
export function checkArchive(tables: Tables): Findings {
  const { sequences, problems } = checkRecords(tables, () => []);
  return { records: sequences.size, problems };
}

/** `more` is what else is wrong in a record. */
function checkRecords(
  tables: Tables,
  more: (sequence: number, stored: StoredBatch, index: BatchIndex) => string[],
): { sequences: Set<number>; problems: string[] } {
  const problems: string[] = [];
  const sequences = new Set<number>();
  const indexed = sequencesByTrace(tables);
  for (const { key, value } of tables.records.getRange()) {
    const sequence = readSequence(key, 0);
    sequences.add(sequence);
    try {
      const stored = decodeRecord(Buffer.from(value));
      const index = stored.batch.index();
      stored.batch.spans();
      const found = [
        ...notFoundByTrace(index, sequence, indexed),
        ...more(sequence, stored, index),
      ];
      for (const what of new Set(found)) problems.push(`record ${sequence}: ${what}`);
    } catch (error) {
      problems.push(`record ${sequence}: ${(error as Error).message}`);
    }
  }
  for (const sequence of new Set([...indexed.values()].flatMap((found) => [...found]))) {
    if (!sequences.has(sequence)) problems.push(`record ${sequence} of a trace is missing`);
  }
  return { sequences, problems };
}

function notFoundByTrace(
  index: BatchIndex,
  sequence: number,
  indexed: ReadonlyMap<string, ReadonlySet<number>>,
): string[] {
  const problems: string[] = [];
  for (let i = 0; i < index.count; i++) {
    const traceId = traceIdFromBytes(index.traceIds, 16 * i);
    if (!indexed.get(traceId)?.has(sequence)) problems.push(`is not found by trace ${traceId}`);
  }
  return problems;
}

function spansNotFound(
  tables: Tables,
  { format }: StoredBatch,
  index: BatchIndex,
  rows: readonly ServiceRowOf[],
): string[] {
  const problems: string[] = [];
  for (let i = 0; i < index.count; i++) {
    const process = index.processes[index.processOf[i] ?? 0];
    const service = sanitizeServiceName(process?.serviceName);
    const id = readServiceId(tables, service);
    const start = index.startTimes[i] ?? 0;
    const hashes = [
      operationHash(index.operations[i] ?? ''),
      ...(format === undefined ? [] : [formatHash(format)]),
      ...(process?.tagHashes ?? []),
      ...index.tagHashes.subarray(index.tagOffsets[i] ?? 0, index.tagOffsets[i + 1] ?? 0),
    ];
    const isFound = rows.some(
      ({ serviceId, row }) =>
        serviceId === id &&
        row.oldestStart <= start &&
        row.newestStart >= start &&
        hashes.every((hash) => bloomHolds(row.filter, hash)),
    );
    if (!isFound) problems.push(`span ${i + 1} is not found by service ${service}`);
  }
  return problems;
}

interface ServiceRowOf {
  readonly serviceId: number;
  readonly row: ServiceRow;
}

function serviceRowsByRecord(tables: Tables, problems: string[]): Map<number, ServiceRowOf[]> {
  const byRecord = new Map<number, ServiceRowOf[]>();
  for (const [service, serviceId] of readServices(tables)) {
    try {
      for (const row of rowsNewestFirst(tables, [serviceId], Number.NEGATIVE_INFINITY, Infinity)) {
        for (const sequence of row.sequences) {
          const rows = byRecord.get(sequence);
          if (rows === undefined) byRecord.set(sequence, [{ serviceId, row }]);
          else rows.push({ serviceId, row });
        }
      }
    } catch (error) {
      problems.push(`rows of service ${service}: ${(error as Error).message}`);
    }
  }
  return byRecord;
}
