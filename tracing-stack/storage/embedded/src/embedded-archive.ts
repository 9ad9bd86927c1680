import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@spoor/platform';
import { type ArchiveStore, StorageError } from '@spoor/storage-api';
import { lastSequence } from './bucket.ts';
import { flushFolder } from './bucket-list.ts';
import type { DiskRoom } from './disk-room.ts';
import { recordEncoder } from './record-codec.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import type { IndexedBatch } from './row-writer.ts';
import { sequenceKey } from './sequence-key.ts';
import { openTables, type Tables } from './tables.ts';
import { readTrace } from './trace-reading.ts';
import { putTraceRows } from './trace-row.ts';
import { WriteQueue } from './write-queue.ts';

/** Beside the buckets: it does not expire with spans, and its bytes are none of `maxBytes`. */
export const ARCHIVE_FOLDER = 'archive';

export interface EmbeddedArchiveOptions {
  readonly directory: string;
  /** Of a writer; without it the archive is for reading only. */
  readonly disk?: DiskRoom;
  readonly unreadable: UnreadableRecords;
  readonly logger: Logger;
  readonly refuseIfClosed: () => void;
}

/**
 * Traces that are kept, as records and trace rows in an LMDB environment of its own. It is made when a trace is first
 * archived, and read by any process.
 */
export class EmbeddedArchive implements ArchiveStore {
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
      const tables = existsSync(this.path) ? this.tables() : undefined;
      if (tables === undefined) return undefined;
      tables.root.resetReadTxn();
      const { unreadable, logger } = this.options;
      return readTrace([{ tables }], traceId, new RecordReader(unreadable, logger));
    },
  };
  private readonly options: EmbeddedArchiveOptions;
  private readonly path: string;
  private readonly queue = new WriteQueue((batches) => this.commit(batches));
  private readonly encodeRecord = recordEncoder();
  private opened: Tables | undefined;

  constructor(options: EmbeddedArchiveOptions) {
    this.options = options;
    this.path = join(options.directory, ARCHIVE_FOLDER);
  }

  /** Closes the environment; the next call opens it again. */
  async letGo(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.root.close();
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
      const first = 1 + (lastSequence(tables) ?? 0);
      await tables.root.childTransaction(() => {
        batches.forEach(({ stored, index }, i) => {
          tables.records.putSync(sequenceKey(first + i), this.encodeRecord(stored));
          putTraceRows(tables, index, first + i);
        });
      });
      return batches.length;
    } catch (error) {
      const failure = await disk.storageError(error);
      await this.letGo();
      throw failure;
    }
  }

  private writableTables(): Tables {
    if (!existsSync(this.path)) {
      mkdirSync(this.path);
      flushFolder(this.options.directory);
    }
    const tables = this.tables();
    if (tables === undefined) throw new StorageError('unavailable', '[embedded] no archive');
    return tables;
  }

  private tables(): Tables | undefined {
    this.opened ??= openTables(this.path, this.options.disk === undefined);
    return this.opened;
  }
}

function readOnlyError(): StorageError {
  return new StorageError('unsupported', '[embedded] the store was opened for reading only');
}
