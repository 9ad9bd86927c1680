import { sanitizeServiceName } from '@spoor/model';
import type { StoredBatch, TraceQuery } from '@spoor/storage-api';
import { headerTagHashes } from '@spoor/storage-api/search';
import { type BatchIndex, tagTextHash } from '@spoor/wire';
import { bloomHolds } from './bloom-filter.ts';
import { operationHash } from './index-hashes.ts';
import type { ServiceRow } from './service-row.ts';

/** A query, with the hashes that its matches must have in the index. */
export class SpanMatcher {
  private readonly query: TraceQuery;
  private readonly tagHashes: readonly number[];
  private readonly operation: number | undefined;

  constructor(query: TraceQuery) {
    this.query = query;
    this.tagHashes = [...query.tags].map(([key, value]) => tagTextHash(key, value));
    this.operation =
      query.operationName === undefined ? undefined : operationHash(query.operationName);
  }

  /** Whether the spans of a row can hold a match. */
  mayMatchRow(row: ServiceRow): boolean {
    const { startTimeMin, startTimeMax, durationMin, durationMax } = this.query;
    if (row.newestStart < startTimeMin || row.oldestStart > startTimeMax) return false;
    if (durationMin !== undefined && row.longest < durationMin) return false;
    if (durationMax !== undefined && row.shortest > durationMax) return false;
    if (this.operation !== undefined && !bloomHolds(row.filter, this.operation)) return false;
    return this.tagHashes.every((hash) => bloomHolds(row.filter, hash));
  }

  /** The places of the spans of a batch that match, as far as its index tells: all but the text of the tags. */
  candidates(stored: StoredBatch, index: BatchIndex): number[] {
    const open = this.hashesToFind(stored);
    const services = index.processes.map(({ serviceName }) => sanitizeServiceName(serviceName));
    const places: number[] = [];
    for (let i = 0; i < index.count; i++) {
      if (!this.inBounds(index, i)) continue;
      const process = index.processOf[i] ?? 0;
      const { serviceName, operationName } = this.query;
      const service = services[process] ?? sanitizeServiceName(undefined);
      if (serviceName !== undefined && service !== serviceName) continue;
      if (operationName !== undefined && index.operations[i] !== operationName) continue;
      if (open.every((hash) => hasHash(index, i, process, hash))) places.push(i);
    }
    return places;
  }

  private inBounds({ startTimes, durations }: BatchIndex, i: number): boolean {
    const { startTimeMin, startTimeMax, durationMin, durationMax } = this.query;
    const start = startTimes[i] ?? 0;
    const duration = durations[i] ?? 0;
    if (start < startTimeMin || start > startTimeMax) return false;
    if (durationMin !== undefined && duration < durationMin) return false;
    return durationMax === undefined || duration <= durationMax;
  }

  /** What the record's header does not have already must be in the index. */
  private hashesToFind(stored: StoredBatch): number[] {
    const inHeader = headerTagHashes(stored);
    return this.tagHashes.filter((hash) => !inHeader.includes(hash));
  }
}

function hasHash(index: BatchIndex, span: number, process: number, hash: number): boolean {
  const end = index.tagOffsets[span + 1] ?? 0;
  for (let i = index.tagOffsets[span] ?? 0; i < end; i++) {
    if (index.tagHashes[i] === hash) return true;
  }
  return index.processes[process]?.tagHashes.includes(hash) ?? false;
}
