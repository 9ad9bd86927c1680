import { sanitizeServiceName, traceIdFromBytes } from '@spoor/model';
import { formatHash } from '@spoor/storage-api/search';
import { bloomHolds } from './bloom-filter.ts';
import { operationHash } from './index-hashes.ts';
import { readServiceId, readServices } from './name-tables.ts';
import { decodeRecord } from './record-codec.ts';
import { readSequence } from './sequence-key.ts';
import type { ServiceRow } from './service-row.ts';
import { rowsNewestFirst } from './service-row-scan.ts';
import type { Tables } from './tables.ts';
import { sequencesByTrace } from './trace-row.ts';

/** What is wrong in a bucket, in words. */
export interface BucketFindings {
  readonly records: number;
  readonly problems: readonly string[];
}

/**
 * Reads everything in a bucket: every record whole, whether each span is found by its trace and its service, and
 * whether every row of the index leads to a record.
 */
export function checkBucket(tables: Tables): BucketFindings {
  const problems: string[] = [];
  const sequences = new Set<number>();
  const rows = serviceRowsByRecord(tables, problems);
  const indexed = sequencesByTrace(tables);
  for (const { key, value } of tables.records.getRange()) {
    const sequence = readSequence(key, 0);
    sequences.add(sequence);
    try {
      checkRecord(tables, sequence, value, indexed, rows.get(sequence) ?? [], problems);
    } catch (error) {
      problems.push(`record ${sequence}: ${(error as Error).message}`);
    }
  }
  for (const sequence of new Set([...indexed.values()].flatMap((found) => [...found]))) {
    if (!sequences.has(sequence)) problems.push(`record ${sequence} of a trace is missing`);
  }
  for (const sequence of rows.keys()) {
    if (!sequences.has(sequence)) problems.push(`record ${sequence} of a service is missing`);
  }
  return { records: sequences.size, problems };
}

function checkRecord(
  tables: Tables,
  sequence: number,
  bytes: Buffer,
  indexed: ReadonlyMap<string, ReadonlySet<number>>,
  rows: readonly ServiceRowOf[],
  problems: string[],
): void {
  const { batch, format } = decodeRecord(Buffer.from(bytes));
  const index = batch.index();
  batch.spans();
  const said = new Set<string>();
  for (let i = 0; i < index.count; i++) {
    const traceId = traceIdFromBytes(index.traceIds, 16 * i);
    if (!indexed.get(traceId)?.has(sequence)) said.add(`is not found by trace ${traceId}`);
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
    if (!isFound) said.add(`span ${i + 1} is not found by service ${service}`);
  }
  for (const what of said) problems.push(`record ${sequence}: ${what}`);
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
