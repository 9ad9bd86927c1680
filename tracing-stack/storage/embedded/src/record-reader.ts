import type { Span } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { StorageError, type StoredBatch, storedSpans } from '@spoor/storage-api';
import type { BatchIndex } from '@spoor/wire';
import { indexBytes, spansBytes } from './memory-size.ts';
import { decodeRecord } from './record-codec.ts';
import { sequenceKey } from './sequence-key.ts';
import type { CallMemory } from './store-memory.ts';
import type { Tables } from './tables.ts';

/** Counts what could not be read. */
export interface UnreadableRecords {
  count: number;
}

interface OpenRecord {
  readonly stored: StoredBatch;
  readonly index?: BatchIndex;
  readonly spans?: readonly Span[];
  /** That it takes in memory. */
  readonly bytes: number;
}

/**
 * Reads records for one call and keeps them, decoded as far as it was needed, as long as its memory allows. A record that
 * cannot be read is counted, the first one in the life of the store is logged, and it answers `undefined`.
 */
export class RecordReader {
  /** What the call that reads holds. */
  readonly memory: CallMemory;
  private readonly unreadable: UnreadableRecords;
  private readonly logger: Logger;
  private readonly records = new Map<number, OpenRecord | undefined>();
  private keptBytes = 0;

  constructor(unreadable: UnreadableRecords, logger: Logger, memory: CallMemory) {
    this.unreadable = unreadable;
    this.logger = logger;
    this.memory = memory;
  }

  /** The header of a record, and its index. */
  indexed(
    tables: Tables,
    sequence: number,
  ): { stored: StoredBatch; index: BatchIndex } | undefined {
    const record = this.open(tables, sequence);
    if (record === undefined) return undefined;
    const { stored } = record;
    if (record.index) return { stored, index: record.index };
    const index = this.guarded(sequence, () => stored.batch.index());
    if (index === undefined) return undefined;
    this.keep(sequence, { ...record, index }, indexBytes(index));
    return { stored, index };
  }

  /** Every span of a record, as a query answers it. */
  spans(tables: Tables, sequence: number): readonly Span[] {
    const record = this.open(tables, sequence);
    if (record === undefined) return [];
    if (record.spans) return record.spans;
    const spans = this.guarded(sequence, () => storedSpans(record.stored));
    if (spans === undefined) return [];
    this.keep(sequence, { ...record, spans }, spansBytes(spans));
    return spans;
  }

  /** Reads a record that is not needed again. Nothing of it is kept, and what of it is used has to be counted by whom. */
  readOnce(tables: Tables, sequence: number, use: (stored: StoredBatch) => void): void {
    this.guarded(sequence, () => use(this.decoded(tables, sequence)));
  }

  /** Keeps nothing any more. */
  forget(): void {
    this.records.clear();
    this.memory.giveBack(this.keptBytes);
    this.keptBytes = 0;
  }

  private open(tables: Tables, sequence: number): OpenRecord | undefined {
    if (this.records.has(sequence)) return this.records.get(sequence);
    const stored = this.guarded(sequence, () => this.decoded(tables, sequence));
    if (stored === undefined) return undefined;
    return this.keep(sequence, { stored, bytes: 0 }, stored.batch.bytes.length);
  }

  private decoded(tables: Tables, sequence: number): StoredBatch {
    const bytes = tables.records.get(sequenceKey(sequence));
    if (bytes) return decodeRecord(toBuffer(bytes));
    throw new StorageError('corrupt', `[embedded] record ${sequence} is missing`);
  }

  /** `undefined` for what cannot be read, now and whenever it is asked for again. */
  private guarded<T>(sequence: number, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.records.set(sequence, undefined);
      if (this.unreadable.count++ === 0) {
        const message = 'a record cannot be read, left out (further ones are counted only)';
        this.logger.error({ err: error, sequence }, message);
      }
      return undefined;
    }
  }

  /** Keeps a record that grew by so many bytes; without the others, if they are too much together. */
  private keep(sequence: number, record: OpenRecord, grown: number): OpenRecord {
    const { memory } = this;
    const kept = { ...record, bytes: record.bytes + grown };
    let more = grown;
    if (this.keptBytes + grown > memory.recordBytes || !memory.hasRoomFor(grown)) {
      this.forget();
      more = kept.bytes;
    }
    memory.hold(more);
    this.keptBytes += more;
    this.records.set(sequence, kept);
    return kept;
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
