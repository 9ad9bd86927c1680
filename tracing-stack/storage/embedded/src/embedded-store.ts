import type { Micros } from '@spoor/model';
import type { Logger, Metrics } from '@spoor/platform';
import { type SpanStore, type SpanWriter, StorageError } from '@spoor/storage-api';
import { BucketList, type OpenBucket } from './bucket-list.ts';
import { BucketWriter } from './bucket-writer.ts';
import { EmbeddedReader } from './embedded-reader.ts';
import { outlivedBuckets } from './retention.ts';
import { markStore, storeExists } from './store-marker.ts';
import { reportStats, type StoreStats } from './store-stats.ts';
import { WriteQueue } from './write-queue.ts';
import { takeWriterLock, type WriterLock } from './writer-lock.ts';

export interface EmbeddedStoreOptions {
  /** Holds one folder a bucket. Made if it is not there. */
  readonly directory: string;
  /** Read what another process writes. Calls answer `unavailable` until that has made the store. */
  readonly readOnly?: boolean;
  /** Arrival time that one bucket takes, in µs. One hour unless given. */
  readonly bucketDuration?: Micros;
  /** How long spans are kept, counted from their arrival, in µs. 72 hours unless given. Whole buckets are dropped. */
  readonly timeToLive?: Micros;
  /** Bytes on disk above which the oldest buckets are dropped. 8 GiB unless given. */
  readonly maxBytes?: number;
  /** Bytes to leave free on the disk: with less, writing fails with `full`. 64 MiB unless given. */
  readonly spareBytes?: number;
  /** Microseconds since 1970. */
  readonly clock?: () => Micros;
  /** Milliseconds between two looks for buckets to drop. One minute unless given. */
  readonly sweepInterval?: number;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}

export interface EmbeddedStore extends SpanStore, AsyncDisposable {
  readonly stats: StoreStats;
  /** Drops what is too old or too much, now. It also happens by itself. */
  sweep(): Promise<void>;
}

const HOUR: Micros = 3_600_000_000;
const GIBIBYTE = 1024 ** 3;
/** So many buckets at least share `maxBytes`, and dropping one never drops more than this part. */
const BUCKETS_IN_MAX_BYTES = 8;

/**
 * Opens the embedded store: spans in LMDB below `directory`, written by one process, read by any number.
 * Throws `StorageError`: `unavailable` if another process writes to it, `corrupt` if it is of another layout.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  return options.readOnly === true ? new ReadOnlyStore(options) : new WritingStore(options);
}

/** What both kinds have: buckets, a reader, counters and an end. */
abstract class BucketStore implements EmbeddedStore {
  abstract readonly writer: SpanWriter;
  readonly reader: EmbeddedReader;
  readonly stats: StoreStats;
  protected readonly directory: string;
  protected readonly buckets: BucketList;
  protected readonly logger: Logger;
  private closing: Promise<void> | undefined;

  constructor({ directory, readOnly = false, logger = silent, metrics }: EmbeddedStoreOptions) {
    this.directory = directory;
    this.logger = logger;
    const buckets = new BucketList(directory, readOnly, logger);
    this.buckets = buckets;
    const unreadable = { count: 0 };
    this.reader = new EmbeddedReader((read) => this.reading(read), unreadable, logger);
    this.stats = {
      get buckets() {
        return buckets.all.length;
      },
      get bytes() {
        return buckets.all.reduce((sum, bucket) => sum + bucket.size(), 0);
      },
      get unreadableRecords() {
        return unreadable.count;
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
    await this.buckets.close();
  }

  protected async reading<T>(read: (buckets: readonly OpenBucket[]) => Promise<T>): Promise<T> {
    this.refuseIfClosed();
    return this.buckets.reading(read);
  }

  protected refuseIfClosed(): void {
    if (this.closing) throw closedError();
  }
}

class ReadOnlyStore extends BucketStore {
  readonly writer: SpanWriter = {
    write: async () => {
      throw new StorageError('unavailable', '[embedded] the store was opened for reading only');
    },
  };

  override async check(): Promise<void> {
    await super.check();
    if (storeExists(this.directory)) return;
    const text = `[embedded] store ${this.directory} does not exist yet: no collector has opened it`;
    throw new StorageError('unavailable', text);
  }

  protected override async reading<T>(
    read: (buckets: readonly OpenBucket[]) => Promise<T>,
  ): Promise<T> {
    await this.check();
    this.buckets.refresh();
    return super.reading(read);
  }
}

class WritingStore extends BucketStore {
  readonly writer: SpanWriter;
  private readonly lock: WriterLock;
  private readonly queue: WriteQueue;
  private readonly bucketWriter: BucketWriter;
  private readonly options: EmbeddedStoreOptions;
  private readonly clock: () => Micros;
  private readonly sweeper: NodeJS.Timeout;

  constructor(options: EmbeddedStoreOptions) {
    super(options);
    const { directory, bucketDuration = HOUR, spareBytes = 64 * 1024 * 1024 } = options;
    const { maxBytes = 8 * GIBIBYTE, clock = systemClock, sweepInterval = 60_000 } = options;
    this.options = options;
    this.clock = clock;
    markStore(directory);
    this.lock = takeWriterLock(directory);
    this.buckets.refresh();
    this.bucketWriter = new BucketWriter({
      directory,
      buckets: this.buckets,
      bucketDuration,
      bucketBytes: maxBytes / BUCKETS_IN_MAX_BYTES,
      spareBytes,
      clock,
    });
    this.queue = new WriteQueue((batches) => this.bucketWriter.commit(batches));
    this.writer = { write: (stored) => this.queue.write(stored) };
    this.sweeper = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'old buckets could not be dropped');
      });
    }, sweepInterval);
    this.sweeper.unref();
  }

  override async check(): Promise<void> {
    await super.check();
    this.bucketWriter.check();
  }

  override async sweep(): Promise<void> {
    this.refuseIfClosed();
    const { timeToLive = 72 * HOUR, maxBytes = 8 * GIBIBYTE } = this.options;
    await this.queue.between(async () => {
      for (const bucket of outlivedBuckets(this.buckets, { timeToLive, maxBytes }, this.clock())) {
        if (bucket === this.buckets.newest) this.bucketWriter.letGo();
        await this.buckets.drop(bucket);
        this.logger.info({ bucket: bucket.name }, 'dropped a bucket');
      }
    });
  }

  protected override async end(): Promise<void> {
    clearInterval(this.sweeper);
    await this.queue.close(closedError());
    this.bucketWriter.letGo();
    await super.end();
    this.lock.release();
  }
}

function closedError(): StorageError {
  return new StorageError('closed', '[embedded] the store is closed');
}

function systemClock(): Micros {
  return Date.now() * 1000;
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
