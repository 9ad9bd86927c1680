import { type Logger, silentLogger, systemClock } from '@spoor/platform';
import {
  type SpanStore,
  type SpanWriter,
  StorageError,
  type StoredBatch,
} from '@spoor/storage-api';
import { MemoryArchive } from './memory-archive.ts';
import { MemoryDependencies } from './memory-dependencies.ts';
import { MemoryReader } from './memory-reader.ts';
import { MemorySampling } from './memory-sampling.ts';
import { SegmentList } from './segment-list.ts';
import type { MemoryStoreOptions } from './store-options.ts';
import { type MemoryStats, reportStats } from './store-stats.ts';

/** What `maxBytes` is unless given: room for half a million spans. */
export const MEMORY_BYTES = 256 * 1024 * 1024;

export interface MemoryStore extends SpanStore, AsyncDisposable {
  readonly stats: MemoryStats;
}

/**
 * Opens a store in the memory of this process. It never says `full` but to a batch that is larger than all it may keep:
 * the oldest go for the newest. Its archive, which drops nothing, may take as much again. What it took ends with the process.
 */
export async function openMemoryStore(options: MemoryStoreOptions = {}): Promise<MemoryStore> {
  return new SegmentStore(options);
}

class SegmentStore implements MemoryStore {
  readonly writer: SpanWriter = { write: (stored) => this.write(stored) };
  readonly reader: MemoryReader;
  readonly sampling = new MemorySampling(() => this.open());
  readonly archive: MemoryArchive;
  readonly dependencies: MemoryDependencies;
  readonly stats: MemoryStats;
  private readonly logger: Logger;
  /** `undefined` once closed. */
  private segments: SegmentList | undefined;

  constructor(options: MemoryStoreOptions) {
    const {
      maxTraces = 0,
      maxBytes = MEMORY_BYTES,
      clock = systemClock,
      logger = silentLogger,
    } = options;
    this.logger = logger;
    // Numbers begin at the time, so that a cursor from the life before does not stand in the future.
    const firstSequence = Math.floor(clock());
    const segments = new SegmentList({ maxTraces, maxBytes, firstSequence });
    this.segments = segments;
    const unreadable = { count: 0 };
    this.reader = new MemoryReader(() => this.open(), unreadable, logger);
    this.archive = new MemoryArchive(() => this.open(), maxBytes);
    this.dependencies = new MemoryDependencies(() => this.open(), this.reader);
    this.stats = {
      get traces() {
        return segments.traces.size;
      },
      get bytes() {
        return segments.bytes;
      },
      get droppedTraces() {
        return segments.droppedTraces;
      },
      get unreadableRecords() {
        return unreadable.count;
      },
    };
    if (options.metrics) reportStats(this.stats, options.metrics);
  }

  async check(): Promise<void> {
    this.open();
  }

  async close(): Promise<void> {
    this.segments = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async write(stored: StoredBatch): Promise<void> {
    const segments = this.open();
    const before = segments.droppedTraces;
    segments.add(stored, stored.batch.index());
    if (before === 0 && segments.droppedTraces > 0) {
      this.logger.info({}, 'the memory store is full: from now on the oldest traces are dropped');
    }
  }

  private open(): SegmentList {
    if (this.segments) return this.segments;
    throw new StorageError('closed', '[memory] the store is closed');
  }
}
