import type { Span } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { StorageError, type StoredBatch, storedSpans } from '@spoor/storage-api';
import type { BatchIndex } from '@spoor/wire';
import { decodeRecord } from './record-codec.ts';
import { sequenceKey } from './sequence-key.ts';
import type { Tables } from './tables.ts';

/** Counts what could not be read. */
export interface UnreadableRecords {
  count: number;
}

interface OpenRecord {
  readonly stored: StoredBatch;
  index?: BatchIndex;
  spans?: readonly Span[];
}

/** Decoded batches that one call keeps, in bytes of their encoded form. */
const KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Reads records for one call and decodes each at most once, as far as it is needed. A record that cannot be read is
 * counted, the first one in the life of the store is logged, and it answers `undefined`.
 */
export class RecordReader {
  private readonly unreadable: UnreadableRecords;
  private readonly logger: Logger;
  private readonly records = new Map<number, OpenRecord | undefined>();
  private keptBytes = 0;

  constructor(unreadable: UnreadableRecords, logger: Logger) {
    this.unreadable = unreadable;
    this.logger = logger;
  }

  /** The header of a record, and its index. */
  indexed(
    tables: Tables,
    sequence: number,
  ): { stored: StoredBatch; index: BatchIndex } | undefined {
    return this.guarded(tables, sequence, (record) => {
      record.index ??= record.stored.batch.index();
      return { stored: record.stored, index: record.index };
    });
  }

  /** Every span of a record, as a query answers it. */
  spans(tables: Tables, sequence: number): readonly Span[] {
    const read = (record: OpenRecord) => (record.spans ??= storedSpans(record.stored));
    return this.guarded(tables, sequence, read) ?? [];
  }

  private guarded<T>(
    tables: Tables,
    sequence: number,
    read: (record: OpenRecord) => T,
  ): T | undefined {
    try {
      const record = this.open(tables, sequence);
      return record && read(record);
    } catch (error) {
      this.records.set(sequence, undefined);
      if (this.unreadable.count++ === 0) {
        const message = 'a record cannot be read, left out (further ones are counted only)';
        this.logger.error({ err: error, sequence }, message);
      }
      return undefined;
    }
  }

  private open(tables: Tables, sequence: number): OpenRecord | undefined {
    if (this.records.has(sequence)) return this.records.get(sequence);
    const bytes = tables.records.get(sequenceKey(sequence));
    if (bytes === undefined) {
      throw new StorageError('corrupt', `[embedded] record ${sequence} is missing`);
    }
    this.keptBytes += bytes.length;
    if (this.keptBytes > KEPT_BYTES) {
      this.records.clear();
      this.keptBytes = bytes.length;
    }
    const record = { stored: decodeRecord(toBuffer(bytes)) };
    this.records.set(sequence, record);
    return record;
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
