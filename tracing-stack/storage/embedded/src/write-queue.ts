import { setImmediate as nextTurn } from 'node:timers/promises';
import { StorageError, type StoredBatch } from '@spoor/storage-api';
import type { IndexedBatch } from './row-writer.ts';

/** Bytes of batches that may wait for the disk before `write` says `full`. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** One commit takes at most this much, so that its memory and the wait for it stay bounded. */
const MAX_COMMIT_BYTES = 16 * 1024 * 1024;

interface Waiting extends IndexedBatch {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Commits the longest run of batches from the start of `batches` that belongs together; returns how many. */
export type Commit = (batches: readonly IndexedBatch[]) => Promise<number>;

/**
 * Gathers what is written in one turn of the event loop, or while a commit is under way, into one commit, so that any
 * number of writers share the flushes of the disk. Commits follow one another: whoever sees a batch sees every batch
 * written before it.
 */
export class WriteQueue {
  private readonly commit: Commit;
  private waiting: Waiting[] = [];
  private readonly tasks: (() => Promise<void>)[] = [];
  private waitingBytes = 0;
  private running: Promise<void> | undefined;
  private refusal: StorageError | undefined;

  constructor(commit: Commit) {
    this.commit = commit;
  }

  /** Resolves when the batch is on the disk. Throws `DecodeError` for a batch that cannot be indexed. */
  async write(stored: StoredBatch): Promise<void> {
    if (this.refusal) throw this.refusal;
    const size = stored.batch.bytes.length;
    if (this.waitingBytes > 0 && this.waitingBytes + size > MAX_WAITING_BYTES) {
      throw new StorageError('full', '[embedded] too many batches are waiting for the disk');
    }
    const index = stored.batch.index();
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ stored, index, resolve, reject });
      this.waitingBytes += size;
      this.running ??= this.run();
    });
  }

  /** Whether nothing waits and nothing is being written. */
  get isIdle(): boolean {
    return this.running === undefined;
  }

  /** Runs `task` when the commit that is under way has ended, before the next. */
  async between(task: () => Promise<void>): Promise<void> {
    if (this.refusal) throw this.refusal;
    await new Promise<void>((resolve, reject) => {
      this.tasks.push(() => task().then(resolve, reject));
      this.running ??= this.run();
    });
  }

  /** Writes what waits; refuses what comes from now on with `refusal`. */
  async close(refusal: StorageError): Promise<void> {
    this.refusal = refusal;
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    // What else comes in this turn of the event loop goes with the first batch.
    await nextTurn();
    while (this.waiting.length > 0 || this.tasks.length > 0) {
      for (const task of this.tasks.splice(0)) await task();
      if (this.waiting.length === 0) continue;
      const group = this.nextGroup();
      try {
        const count = await this.commit(group);
        for (const batch of this.take(count)) batch.resolve();
      } catch (error) {
        for (const batch of this.take(group.length)) batch.reject(error as Error);
      }
    }
    this.running = undefined;
  }

  private nextGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { stored } of this.waiting) {
      bytes += stored.batch.bytes.length;
      if (count > 0 && bytes > MAX_COMMIT_BYTES) break;
      count++;
    }
    return this.waiting.slice(0, count);
  }

  private take(count: number): Waiting[] {
    const taken = this.waiting.splice(0, count);
    for (const { stored } of taken) this.waitingBytes -= stored.batch.bytes.length;
    return taken;
  }
}
