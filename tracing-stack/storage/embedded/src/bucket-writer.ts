import type { Micros } from '@spoor/model';
import { StorageError } from '@spoor/storage-api';
import { arrivalSpan, type Bucket } from './bucket.ts';
import { type BucketList, isDamage } from './bucket-list.ts';
import type { DiskRoom } from './disk-room.ts';
import { type IndexedBatch, RowWriter } from './row-writer.ts';
import { storeExists } from './store-marker.ts';
import type { Tables } from './tables.ts';

export interface BucketWriterOptions {
  readonly directory: string;
  readonly buckets: BucketList;
  /** How long a bucket takes what arrives. */
  readonly bucketDuration: Micros;
  /** From this many bytes on, a bucket is followed by the next. */
  readonly bucketBytes: number;
  /** Called before a bucket begins, so that there is room for it. */
  readonly makeRoom: () => void;
  readonly disk: DiskRoom;
  /** Names that are kept in memory, in bytes. */
  readonly nameBytes: number;
  /** Makes the data directory a store again, after somebody removed it or what is in it. */
  readonly restore: () => void;
  readonly clock: () => Micros;
}

interface Current {
  readonly bucket: Bucket;
  readonly tables: Tables;
  readonly rows: RowWriter;
  firstArrival: Micros | undefined;
}

/** Writes groups of batches into the newest bucket and begins the next one when its time has come. */
export class BucketWriter {
  private readonly options: BucketWriterOptions;
  private current: Current | undefined;
  private next: number;

  constructor(options: BucketWriterOptions) {
    this.options = options;
    this.next = options.buckets.nextSequence();
  }

  /** Commits as many of `batches` as go into one bucket, all or nothing; returns how many these were. */
  async commit(batches: readonly IndexedBatch[]): Promise<number> {
    try {
      if (this.isRemoved()) this.beginAnew();
      if (this.current?.bucket.isCutOff()) this.letGo();
      this.options.disk.refuseIfFull();
      return await this.commitToOneBucket(batches);
    } catch (error) {
      const failure = await this.options.disk.storageError(error);
      await this.reopen();
      throw failure;
    }
  }

  /** Throws while there is no room to write. Of any other reason only the next write can tell whether it lasts. */
  check(): void {
    this.options.disk.refuseIfFull();
  }

  /** Gives the current bucket back; it is opened again by the next commit. */
  letGo(): void {
    this.current?.bucket.release();
    this.current = undefined;
  }

  private isRemoved(): boolean {
    const { directory, buckets } = this.options;
    return !storeExists(directory) || buckets.newest?.isThere() === false;
  }

  /** What was acknowledged is gone with its files; what comes now must not go after it. */
  private beginAnew(): void {
    this.letGo();
    this.options.restore();
  }

  private async commitToOneBucket(batches: readonly IndexedBatch[]): Promise<number> {
    const current = this.bucketFor(batches[0]?.stored.arrivalTime ?? 0);
    current.firstArrival ??= batches[0]?.stored.arrivalTime ?? 0;
    const other = batches.findIndex(({ stored }) => !this.takes(current, stored.arrivalTime));
    const group = other <= 0 ? batches : batches.slice(0, other);
    const first = this.next;
    this.next += group.length;
    // A child transaction, because an error thrown in it undoes what it wrote; and not single puts, because the promise
    // for these is rejected twice when a commit fails, once where nobody can hear it.
    await current.tables.root.childTransaction(() => current.rows.write(group, first));
    return group.length;
  }

  private bucketFor(arrival: Micros): Current {
    this.current ??= this.openNewest();
    if (this.current !== undefined) {
      const { bucket } = this.current;
      const roomLeft = bucket.size() < this.options.bucketBytes;
      if (roomLeft && this.takes(this.current, arrival)) return this.current;
      this.letGo();
    }
    this.next = Math.max(this.next, Math.floor(arrival));
    if (!Number.isSafeInteger(this.next)) throw new RangeError(`[embedded] bad time ${arrival}`);
    this.options.makeRoom();
    this.current = this.use(this.options.buckets.begin(this.next));
    return this.current;
  }

  /** A clock that was set back is followed, else everything would gather in a bucket of the future. */
  private takes({ firstArrival }: Current, arrival: Micros): boolean {
    if (firstArrival === undefined) return true;
    const { bucketDuration, clock } = this.options;
    if (arrival >= firstArrival + bucketDuration) return false;
    return arrival >= firstArrival - bucketDuration || clock() >= firstArrival - bucketDuration;
  }

  /** `undefined` if it is damaged, or one that was followed by another which is gone: what comes goes into the next. */
  private openNewest(): Current | undefined {
    const { buckets } = this.options;
    const { newest } = buckets;
    try {
      return newest && !newest.isSealed ? this.use(newest) : undefined;
    } catch (error) {
      if (newest === undefined || !isDamage(error)) throw error;
      buckets.report(newest, error);
      return undefined;
    }
  }

  private use(bucket: Bucket): Current {
    const tables = bucket.retain();
    if (tables === undefined) {
      throw new StorageError('unavailable', `[embedded] bucket ${bucket.name} has no tables`);
    }
    try {
      const firstArrival = arrivalSpan(tables)?.first;
      return { bucket, tables, rows: new RowWriter(tables, this.options.nameBytes), firstArrival };
    } catch (error) {
      bucket.release();
      throw error;
    }
  }

  /** After a failed commit LMDB may refuse to go on with the same environment, and the rows' memory of names is wrong. */
  private async reopen(): Promise<void> {
    const bucket = this.current?.bucket;
    this.letGo();
    await bucket?.close();
  }
}
