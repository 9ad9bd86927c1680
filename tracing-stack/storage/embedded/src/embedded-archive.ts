import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@spoor/platform';
import { type ArchiveStore, StorageError } from '@spoor/storage-api';
import { Bucket, lastSequence } from './bucket.ts';
import { flushFolder } from './bucket-list.ts';
import type { DiskRoom } from './disk-room.ts';
import { recordEncoder } from './record-codec.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import type { IndexedBatch } from './row-writer.ts';
import { sequenceKey } from './sequence-key.ts';
import { ARCHIVE_FOLDER } from './store-folders.ts';
import { CallMemory, type StoreMemory } from './store-memory.ts';
import type { Tables } from './tables.ts';
import { readTrace } from './trace-reading.ts';
import { putTraceRows } from './trace-row.ts';
import { WriteQueue } from './write-queue.ts';

export interface EmbeddedArchiveOptions {
  readonly directory: string;
  /** Of a writer; without it the archive is for reading only. */
  readonly disk?: DiskRoom;
  readonly memory: StoreMemory;
  readonly unreadable: UnreadableRecords;
  readonly logger: Logger;
  readonly refuseIfClosed: () => void;
}

/**
 * Traces that are kept, as records and trace rows in an LMDB environment of its own. It is made when a trace is first
 * archived, and read by any process. It does not expire with spans, and its bytes are none of `maxBytes`.
 */
export class EmbeddedArchive implements ArchiveStore {
  readonly isReadOnly: boolean;
  readonly writer: ArchiveStore['writer'] = {
    write: async (stored) => {
      this.options.refuseIfClosed();
      if (this.options.disk === undefined) throw readOnlyError();
      // So that what an archive takes can be read: the index alone does not need every byte of a batch.
      stored.batch.spans();
      await this.queue.write(stored);
    },
  };
  readonly reader: ArchiveStore['reader'] = {
    trace: async (traceId) => {
      this.options.refuseIfClosed();
      const tables = existsSync(this.path) ? this.bucket.retain() : undefined;
      if (tables === undefined) return undefined;
      try {
        tables.root.resetReadTxn();
        const { unreadable, logger } = this.options;
        using memory = new CallMemory(this.options.memory.reading);
        return await readTrace([{ tables }], traceId, new RecordReader(unreadable, logger, memory));
      } finally {
        this.bucket.release();
      }
    },
  };
  private readonly options: EmbeddedArchiveOptions;
  private readonly path: string;
  private readonly bucket: Bucket;
  private readonly queue: WriteQueue;
  private readonly encodeRecord = recordEncoder();

  constructor(options: EmbeddedArchiveOptions) {
    this.options = options;
    this.isReadOnly = options.disk === undefined;
    this.path = join(options.directory, ARCHIVE_FOLDER);
    this.bucket = new Bucket(options.directory, ARCHIVE_FOLDER, this.isReadOnly);
    this.queue = new WriteQueue((batches) => this.commit(batches), options.memory);
  }

  /** Closes the environment; the next call opens it again. */
  letGo(): Promise<void> {
    return this.bucket.close();
  }

  /** Writes what waits; refuses what comes from now on with `refusal`. */
  async close(refusal: StorageError): Promise<void> {
    await this.queue.close(refusal);
    await this.letGo();
  }

  private async commit(batches: readonly IndexedBatch[]): Promise<number> {
    const { disk } = this.options;
    if (disk === undefined) throw readOnlyError();
    try {
      disk.refuseIfFull();
      const tables = this.writableTables();
      try {
        const first = 1 + (lastSequence(tables) ?? 0);
        await tables.root.childTransaction(() => {
          batches.forEach(({ stored, index }, i) => {
            tables.records.putSync(sequenceKey(first + i), this.encodeRecord(stored));
            putTraceRows(tables, index, first + i);
          });
        });
      } finally {
        this.bucket.release();
      }
      return batches.length;
    } catch (error) {
      const failure = await disk.storageError(error);
      await this.letGo();
      throw failure;
    }
  }

  /** To be released. */
  private writableTables(): Tables {
    if (!existsSync(this.path)) {
      mkdirSync(this.path);
      flushFolder(this.options.directory);
    }
    const tables = this.bucket.retain();
    if (tables === undefined) throw new StorageError('unavailable', '[embedded] no archive');
    return tables;
  }
}

function readOnlyError(): StorageError {
  return new StorageError('unsupported', '[embedded] the store was opened for reading only');
}
