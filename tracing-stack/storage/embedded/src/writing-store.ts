import type { Micros } from '@spoor/model';
import { systemClock } from '@spoor/platform';
import type { FolderLock } from '@spoor/platform/folder-lock';
import type { SpanWriter } from '@spoor/storage-api';
import type { Bucket } from './bucket.ts';
import { BucketDrops } from './bucket-drops.ts';
import { BucketStore, closedError } from './bucket-store.ts';
import { BucketWriter } from './bucket-writer.ts';
import { DiskRoom } from './disk-room.ts';
import { EmbeddedSampling } from './embedded-sampling.ts';
import { tooMuch, tooOld } from './retention.ts';
import { markStore } from './store-marker.ts';
import {
  bucketDurationFor,
  type EmbeddedStoreOptions,
  MAX_BYTES,
  TIME_TO_LIVE,
} from './store-options.ts';
import { WriteQueue } from './write-queue.ts';
import { takeWriterLock } from './writer-lock.ts';

/** So many buckets at least share `maxBytes`, and dropping one never drops more than this part. */
const BUCKETS_IN_MAX_BYTES = 8;

/** Writes, reads, and drops what is too old or too much. */
export class WritingStore extends BucketStore {
  readonly writer: SpanWriter;
  readonly sampling: EmbeddedSampling;
  private lock: FolderLock;
  private readonly queue: WriteQueue;
  private readonly bucketWriter: BucketWriter;
  private readonly drops: BucketDrops;
  private readonly options: EmbeddedStoreOptions;
  private readonly clock: () => Micros;
  private readonly sweeper: NodeJS.Timeout;
  private readonly counter: NodeJS.Timeout;
  private sweeping: Promise<void> | undefined;

  constructor(options: EmbeddedStoreOptions) {
    const { directory, timeToLive = TIME_TO_LIVE, spareBytes = 64 * 1024 * 1024 } = options;
    const { bucketDuration = bucketDurationFor(timeToLive) } = options;
    const { maxBytes = MAX_BYTES, clock = systemClock, sweepInterval = 60_000 } = options;
    const { countInterval = 5000 } = options;
    const disk = new DiskRoom(directory, spareBytes);
    super(options, disk);
    this.options = options;
    this.clock = clock;
    markStore(directory);
    this.lock = takeWriterLock(directory);
    this.buckets.removeDropped();
    this.buckets.refresh();
    this.drops = new BucketDrops(this.logger);
    const bucketBytes = maxBytes / BUCKETS_IN_MAX_BYTES;
    this.bucketWriter = new BucketWriter({
      directory,
      buckets: this.buckets,
      bucketDuration,
      bucketBytes,
      // Now and not with the next sweep, for in a burst many buckets may fill until then.
      makeRoom: () => this.takeOut(tooMuch(this.buckets, maxBytes - bucketBytes)),
      disk,
      nameBytes: this.memory.nameBytes,
      restore: () => this.restore(),
      clock,
    });
    this.queue = new WriteQueue((batches) => this.bucketWriter.commit(batches), this.memory);
    this.sampling = new EmbeddedSampling(directory, () => this.refuseIfClosed());
    this.writer = { write: (stored) => this.queue.write(stored) };
    this.sweeper = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'old buckets could not be dropped');
      });
    }, sweepInterval);
    this.sweeper.unref();
    this.counter = setInterval(() => {
      this.dependencies
        .countInBackground(() => this.queue.isIdle)
        .catch((error: unknown) => {
          if (this.isOpen) this.logger.warn({ err: error }, 'calls could not be counted');
        });
    }, countInterval);
    this.counter.unref();
  }

  override async check(): Promise<void> {
    await super.check();
    this.bucketWriter.check();
  }

  override sweep(): Promise<void> {
    this.sweeping ??= this.sweepOnce().finally(() => {
      this.sweeping = undefined;
    });
    return this.sweeping;
  }

  private async sweepOnce(): Promise<void> {
    this.refuseIfClosed();
    const { timeToLive = TIME_TO_LIVE, maxBytes = MAX_BYTES } = this.options;
    this.drops.retry();
    await this.queue.between(async () => {
      this.takeOut(tooOld(this.buckets, timeToLive, this.clock()));
      this.takeOut(tooMuch(this.buckets, maxBytes));
    });
    await this.drops.ended();
    await this.dependencies.forgetAllBut(new Set(this.buckets.all.map(({ name }) => name)));
  }

  /** Between two commits. */
  private takeOut(outlived: readonly Bucket[]): void {
    for (const bucket of outlived) {
      if (bucket === this.buckets.newest) this.bucketWriter.letGo();
      this.buckets.takeOut(bucket);
    }
    this.drops.begin(outlived);
  }

  private restore(): void {
    this.logger.error(
      { directory: this.directory },
      'the store was removed from the disk: a new one begins',
    );
    this.sampling.letGo();
    this.archive.letGo();
    this.dependencies.letGo();
    this.lock.release();
    markStore(this.directory);
    this.lock = takeWriterLock(this.directory);
    this.buckets.refresh();
  }

  protected override async end(): Promise<void> {
    clearInterval(this.sweeper);
    clearInterval(this.counter);
    await this.queue.close(closedError());
    // Else it would open again what is closed below. It has told of its error whoever asked for it.
    await this.sweeping?.catch(() => undefined);
    this.bucketWriter.letGo();
    await this.sampling.letGo();
    await super.end();
    await this.drops.ended();
    this.lock.release();
  }
}
