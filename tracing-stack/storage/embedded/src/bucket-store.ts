import { type Logger, silentLogger } from '@spoor/platform';
import { type SpanStore, type SpanWriter, StorageError } from '@spoor/storage-api';
import { BucketList, type OpenBucket } from './bucket-list.ts';
import type { DiskRoom } from './disk-room.ts';
import { EmbeddedArchive } from './embedded-archive.ts';
import { EmbeddedDependencies } from './embedded-dependencies.ts';
import { EmbeddedReader, type Reading } from './embedded-reader.ts';
import { CallMemory, StoreMemory } from './store-memory.ts';
import { type EmbeddedStoreOptions, MAX_MEMORY_BYTES } from './store-options.ts';
import { reportStats, type StoreStats } from './store-stats.ts';

export interface EmbeddedStore extends SpanStore, AsyncDisposable {
  readonly stats: StoreStats;
  /** Drops what is too old or too much, now. It also happens by itself. */
  sweep(): Promise<void>;
}

/** What the writing store and the read-only one share: buckets, a reader, counters and an end. */
export abstract class BucketStore implements EmbeddedStore {
  abstract readonly writer: SpanWriter;
  readonly reader: EmbeddedReader;
  readonly archive: EmbeddedArchive;
  readonly dependencies: EmbeddedDependencies;
  readonly stats: StoreStats;
  protected readonly directory: string;
  protected readonly buckets: BucketList;
  protected readonly logger: Logger;
  protected readonly memory: StoreMemory;
  private closing: Promise<void> | undefined;

  /** `disk` is there where the store writes. */
  constructor(options: EmbeddedStoreOptions, disk?: DiskRoom) {
    const {
      directory,
      maxMemoryBytes = MAX_MEMORY_BYTES,
      logger = silentLogger,
      metrics,
    } = options;
    const readOnly = disk === undefined;
    this.directory = directory;
    this.logger = logger;
    const memory = new StoreMemory(maxMemoryBytes);
    this.memory = memory;
    const buckets = new BucketList(directory, readOnly, logger);
    this.buckets = buckets;
    const unreadable = { count: 0 };
    const reading: Reading = (read) => this.reading(read);
    const shared = { directory, unreadable, logger, refuseIfClosed: () => this.refuseIfClosed() };
    this.reader = new EmbeddedReader(reading, unreadable, logger);
    this.archive = new EmbeddedArchive({ ...shared, memory, ...(disk && { disk }) });
    const dependencies = new EmbeddedDependencies({ ...shared, readOnly, reading });
    this.dependencies = dependencies;
    this.stats = {
      get buckets() {
        return buckets.all.length;
      },
      get bytes() {
        return buckets.all.reduce((sum, bucket) => sum + bucket.size(), 0);
      },
      get waitingBytes() {
        return memory.waiting.bytes;
      },
      get readingBytes() {
        return memory.reading.bytes;
      },
      get unreadableRecords() {
        return unreadable.count;
      },
      get graphBehind() {
        return Number(dependencies.isBehind);
      },
      get unreadableBuckets() {
        return buckets.unreadable;
      },
    };
    if (metrics) reportStats(this.stats, metrics);
  }

  async check(): Promise<void> {
    this.refuseIfClosed();
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async sweep(): Promise<void> {}

  protected async end(): Promise<void> {
    await this.archive.close(closedError());
    await this.dependencies.letGo();
    await this.buckets.close();
  }

  protected async reading<T>(
    read: (buckets: readonly OpenBucket[], memory: CallMemory) => Promise<T>,
  ): Promise<T> {
    this.refuseIfClosed();
    using memory = new CallMemory(this.memory.reading);
    return await this.buckets.reading((buckets) => read(buckets, memory));
  }

  protected get isOpen(): boolean {
    return this.closing === undefined;
  }

  protected refuseIfClosed(): void {
    if (this.closing) throw closedError();
  }
}

export function closedError(): StorageError {
  return new StorageError('closed', '[embedded] the store is closed');
}
