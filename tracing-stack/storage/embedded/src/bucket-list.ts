import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { Bucket, lastSequence } from './bucket.ts';
import { bucketName, firstSequenceOf, isDroppedName } from './bucket-name.ts';
import { DamagedPageError } from './table.ts';
import type { Tables } from './tables.ts';

/** An open bucket in use by one call. */
export interface OpenBucket {
  readonly name: string;
  readonly tables: Tables;
}

/** The buckets of a data directory, oldest first. */
export class BucketList {
  private readonly directory: string;
  private readonly readOnly: boolean;
  private readonly logger: Logger;
  private buckets: Bucket[] = [];
  private readonly reported = new Set<string>();

  constructor(directory: string, readOnly: boolean, logger: Logger) {
    this.directory = directory;
    this.readOnly = readOnly;
    this.logger = logger;
  }

  get all(): readonly Bucket[] {
    return this.buckets;
  }

  get newest(): Bucket | undefined {
    return this.buckets[this.buckets.length - 1];
  }

  /** How many buckets could not be read so far. */
  get unreadable(): number {
    return this.reported.size;
  }

  /** Looks for buckets that another process began or dropped. */
  refresh(): void {
    const names = readdirSync(this.directory)
      .filter((name) => firstSequenceOf(name) !== undefined)
      .sort();
    const known = new Map(this.buckets.map((bucket) => [bucket.name, bucket]));
    this.buckets = names.map((name, i) => {
      const readOnly = this.readOnly || i < names.length - 1;
      return known.get(name) ?? new Bucket(this.directory, name, readOnly);
    });
    for (const name of names) known.delete(name);
    for (const gone of known.values()) this.closeLater(gone);
  }

  /** Removes what a writer that ended while it dropped buckets left behind. */
  removeDropped(): void {
    for (const name of readdirSync(this.directory).filter(isDroppedName)) {
      rmSync(join(this.directory, name), { recursive: true, force: true });
    }
  }

  /**
   * Runs `read` on the buckets that there are now; none of them is closed before it ends.
   * A bucket that cannot be opened, or in which the call meets a damaged page, is logged once and left out: then `read` is
   * run again, on the others.
   */
  async reading<T>(read: (buckets: readonly OpenBucket[]) => Promise<T>): Promise<T> {
    const retained: Bucket[] = [];
    try {
      let open: OpenBucket[] = [];
      for (const bucket of this.buckets) {
        const tables = this.retain(bucket);
        if (tables === undefined) continue;
        retained.push(bucket);
        // Else LMDB may answer from a snapshot taken earlier in this turn of the event loop.
        tables.root.resetReadTxn();
        open.push({ name: bucket.name, tables });
      }
      for (;;) {
        try {
          return await read(open);
        } catch (error) {
          const whole = open.filter(({ tables }) => !isDamagedIn(tables, error));
          if (whole.length === open.length) throw error;
          for (const bucket of open) if (!whole.includes(bucket)) this.report(bucket, error);
          open = whole;
        }
      }
    } finally {
      for (const bucket of retained) bucket.release();
    }
  }

  /** Begins a new bucket, and seals the one before. After a crash of the machine it is there as soon as something in it is acknowledged. */
  begin(firstSequence: number): Bucket {
    const bucket = new Bucket(this.directory, bucketName(firstSequence), false);
    const path = join(this.directory, bucket.name);
    try {
      mkdirSync(path);
      bucket.retain();
      bucket.release();
      flushFolder(path);
      flushFolder(this.directory);
    } catch (error) {
      this.closeLater(bucket);
      rmSync(path, { recursive: true, force: true });
      throw error;
    }
    const before = this.newest;
    this.buckets.push(bucket);
    if (before) this.afterwards(before, before.seal());
    return bucket;
  }

  /** Takes a bucket out, for calls that begin from now on. */
  takeOut(bucket: Bucket): void {
    this.buckets = this.buckets.filter((other) => other !== bucket);
  }

  /** The first sequence number that was not given yet, as far as the buckets that are left tell. */
  nextSequence(): number {
    let next = 1;
    for (const bucket of this.buckets) {
      const tables = this.retain(bucket);
      next = Math.max(next, firstSequenceOf(bucket.name) ?? 0);
      if (tables === undefined) continue;
      try {
        next = Math.max(next, 1 + (lastSequence(tables) ?? 0));
      } catch (error) {
        if (!isDamage(error)) throw error;
        this.report(bucket, error);
      } finally {
        bucket.release();
      }
    }
    return next;
  }

  /** Counts and logs once that a bucket cannot be read. */
  report({ name }: Pick<Bucket, 'name'>, error: unknown): void {
    if (this.reported.has(name)) return;
    this.reported.add(name);
    this.logger.error({ err: error, bucket: name }, 'a bucket cannot be read, left out');
  }

  async close(): Promise<void> {
    const { buckets } = this;
    this.buckets = [];
    await Promise.all(buckets.map((bucket) => bucket.close()));
  }

  private retain(bucket: Bucket): Tables | undefined {
    try {
      return bucket.retain();
    } catch (error) {
      // To a reader the newest bucket may just be in the making, and the oldest in the course of being dropped.
      const mayBeSo = this.readOnly && (bucket === this.newest || bucket === this.buckets[0]);
      if (!mayBeSo || (isDamage(error) && bucket.size() > 0)) this.report(bucket, error);
      return undefined;
    }
  }

  private closeLater(bucket: Bucket): void {
    this.afterwards(bucket, bucket.close());
  }

  private afterwards({ name }: Bucket, closed: Promise<void>): void {
    closed.catch((error: unknown) => {
      this.logger.warn({ err: error, bucket: name }, 'a bucket could not be closed');
    });
  }
}

function isDamagedIn({ root }: Tables, error: unknown): boolean {
  return error instanceof DamagedPageError && error.root === root;
}

/** Whether what cannot be opened now never can be. */
export function isDamage(error: unknown): error is StorageError {
  return error instanceof StorageError && error.code === 'corrupt';
}

/** Flushes the entries of a folder. Windows has no such call and needs none. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
