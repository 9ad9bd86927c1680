import { type KeyValue, sanitizeServiceName } from '@spoor/model';
import type { SpanFormat, StoredBatch } from '@spoor/storage-api';
import { formatHash } from '@spoor/storage-api/search';
import { type BatchIndex, tagHash } from '@spoor/wire';
import { operationHash } from './index-hashes.ts';
import { nameBytes } from './memory-size.ts';
import {
  operationKey,
  operationValue,
  readServiceId,
  serviceCount,
  serviceKey,
  serviceValue,
} from './name-tables.ts';
import { recordEncoder } from './record-codec.ts';
import { sequenceKey } from './sequence-key.ts';
import { ServiceRowDraft, slotOf } from './service-row.ts';
import type { Tables } from './tables.ts';
import { putTraceRows } from './trace-row.ts';

/** A batch about to be written, with its index. */
export interface IndexedBatch {
  readonly stored: StoredBatch;
  readonly index: BatchIndex;
}

interface KnownOperation {
  readonly hash: number;
  readonly kinds: string[];
}

interface KnownService {
  readonly id: number;
  readonly operations: Map<string, KnownOperation>;
  /** By slot; emptied after each commit. */
  readonly drafts: Map<number, ServiceRowDraft>;
}

/** About what a name takes beside its text. */
const KNOWN_SERVICE = 500;
const KNOWN_OPERATION = 150;

/** Rows that are gathered at once; each takes a kilobyte or more. */
const DRAFTS = 10_000;

/** Writes batches and their index into the tables of one bucket, within the caller's transaction. */
export class RowWriter {
  private readonly tables: Tables;
  private readonly encodeRecord = recordEncoder();
  /** Names that are known need not be written again. */
  private readonly services = new Map<string, KnownService>();
  private readonly maxNameBytes: number;
  private lastServiceId: number;
  private readonly spareDrafts: ServiceRowDraft[] = [];
  private readonly formatHashes = new Map<SpanFormat, number>();
  private addedTags: readonly KeyValue[] = [];
  private addedHashes: readonly number[] = [];
  private knownBytes = 0;
  private drafts = 0;

  /** Keeps names of so many bytes in memory. Past that (somebody puts ids into names) it starts over. */
  constructor(tables: Tables, maxNameBytes: number) {
    this.tables = tables;
    this.maxNameBytes = maxNameBytes;
    this.lastServiceId = serviceCount(tables);
  }

  /**
   * Writes the batches, the first as record `firstSequence` and each next one as the next. When the transaction fails,
   * this writer believes names to be stored which are not: take a new one.
   */
  write(batches: readonly IndexedBatch[], firstSequence: number): void {
    batches.forEach(({ stored, index }, i) => {
      const sequence = firstSequence + i;
      this.tables.records.putSync(sequenceKey(sequence), this.encodeRecord(stored), {
        append: true,
      });
      putTraceRows(this.tables, index, sequence);
      this.addSpans(stored, index, sequence);
      if (this.drafts > DRAFTS || this.knownBytes > this.maxNameBytes) this.putDrafts();
      if (this.knownBytes > this.maxNameBytes) this.forgetNames();
    });
    this.putDrafts();
  }

  private putDrafts(): void {
    for (const service of this.services.values()) {
      for (const draft of service.drafts.values()) this.putDraft(service, draft);
      if (service.drafts.size > 0) service.drafts.clear();
    }
  }

  private forgetNames(): void {
    this.services.clear();
    this.knownBytes = 0;
  }

  private addSpans(stored: StoredBatch, index: BatchIndex, sequence: number): void {
    const { startTimes, durations, operations, kinds, processOf, tagHashes, tagOffsets } = index;
    /** Of processes that have spans: one that has none is no service. */
    const services: KnownService[] = [];
    let service: KnownService | undefined;
    let draft: ServiceRowDraft | undefined;
    let slot = 0;
    let process = -1;
    for (let i = 0; i < index.count; i++) {
      const startTime = startTimes[i] ?? 0;
      if (draft === undefined || process !== processOf[i] || slot !== slotOf(startTime)) {
        process = processOf[i] ?? 0;
        slot = slotOf(startTime);
        service = services[process] ?? this.service(index.processes[process]?.serviceName);
        services[process] = service;
        draft = this.draft(service, slot, sequence);
        for (const hash of index.processes[process]?.tagHashes ?? []) draft.hashes.add(hash);
        this.addRecordHashes(draft, stored);
      }
      draft.add(sequence, startTime, durations[i] ?? 0);
      if (service) draft.hashes.add(this.operation(service, operations[i] ?? '', kinds[i] ?? ''));
      const tagsEnd = tagOffsets[i + 1] ?? 0;
      for (let tag = tagOffsets[i] ?? 0; tag < tagsEnd; tag++)
        draft.hashes.add(tagHashes[tag] ?? 0);
    }
  }

  private addRecordHashes({ hashes }: ServiceRowDraft, { format, addedTags }: StoredBatch): void {
    if (format !== undefined) hashes.add(this.hashOf(format));
    if (addedTags !== this.addedTags) {
      this.addedTags = addedTags;
      this.addedHashes = addedTags.map(tagHash);
    }
    for (const added of this.addedHashes) hashes.add(added);
  }

  private hashOf(format: SpanFormat): number {
    let hash = this.formatHashes.get(format);
    if (hash === undefined) {
      hash = formatHash(format);
      this.formatHashes.set(format, hash);
    }
    return hash;
  }

  private draft(service: KnownService, slot: number, sequence: number): ServiceRowDraft {
    let draft = service.drafts.get(slot);
    if (draft?.isFullBefore(sequence)) {
      this.putDraft(service, draft);
      draft = undefined;
    }
    if (draft === undefined) {
      draft = this.spareDrafts.pop() ?? new ServiceRowDraft();
      this.drafts++;
      service.drafts.set(slot, draft);
    }
    return draft;
  }

  private putDraft(service: KnownService, draft: ServiceRowDraft): void {
    this.tables.serviceRows.putSync(draft.key(service.id), draft.value());
    draft.clear();
    this.drafts--;
    this.spareDrafts.push(draft);
  }

  private service(reported: string | undefined): KnownService {
    const name = sanitizeServiceName(reported);
    let service = this.services.get(name);
    if (service === undefined) {
      service = knownService(readServiceId(this.tables, name) ?? this.addService(name));
      this.services.set(name, service);
      this.knownBytes += KNOWN_SERVICE + nameBytes(name);
    }
    return service;
  }

  private addService(name: string): number {
    const id = ++this.lastServiceId;
    this.tables.services.putSync(serviceKey(name), serviceValue(id, name));
    return id;
  }

  /** Writes the operation if it is new; returns its hash. */
  private operation(service: KnownService, name: string, kind: string): number {
    let operation = service.operations.get(name);
    if (operation === undefined) {
      operation = { hash: operationHash(name), kinds: [] };
      service.operations.set(name, operation);
      this.knownBytes += KNOWN_OPERATION + nameBytes(name);
    }
    if (!operation.kinds.includes(kind)) {
      operation.kinds.push(kind);
      this.knownBytes += nameBytes(kind);
      const key = operationKey(service.id, kind, name);
      this.tables.operations.putSync(key, operationValue(kind, name));
    }
    return operation.hash;
  }
}

function knownService(id: number): KnownService {
  return { id, operations: new Map(), drafts: new Map() };
}
