import { setImmediate as nextTurn } from 'node:timers/promises';
import { StorageError, type StoredBatch } from '@spoor/storage-api';
import { indexBytes } from './memory-size.ts';
import type { IndexedBatch } from './row-writer.ts';
import type { StoreMemory } from './store-memory.ts';

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
  private readonly memory: Pick<StoreMemory, 'waiting' | 'commitBytes'>;
  private waiting: Waiting[] = [];
  private readonly tasks: (() => Promise<void>)[] = [];
  private running: Promise<void> | undefined;
  private refusal: StorageError | undefined;

  /** With more than `memory` has room for waiting, `write` says `full`. */
  constructor(commit: Commit, memory: Pick<StoreMemory, 'waiting' | 'commitBytes'>) {
    this.commit = commit;
    this.memory = memory;
  }

  /** Resolves when the batch is on the disk. Throws `DecodeError` for a batch that cannot be indexed. */
  async write(stored: StoredBatch): Promise<void> {
    if (this.refusal) throw this.refusal;
    const { waiting } = this.memory;
    // Indexing costs more than all else here, so that what will not do is not indexed.
    const encoded = stored.batch.bytes.length;
    if (!waiting.tryTake(encoded)) throw tooMuchWaits();
    let bytes = encoded;
    try {
      const index = stored.batch.index();
      if (!waiting.tryTake(indexBytes(index), encoded)) throw tooMuchWaits();
      bytes += indexBytes(index);
      await new Promise<void>((resolve, reject) => {
        this.waiting.push({ stored, index, resolve, reject });
        this.running ??= this.run();
      });
    } finally {
      waiting.giveBack(bytes);
    }
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
        for (const batch of this.waiting.splice(0, count)) batch.resolve();
      } catch (error) {
        for (const batch of this.waiting.splice(0, group.length)) batch.reject(error as Error);
      }
    }
    this.running = undefined;
  }

  private nextGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { stored } of this.waiting) {
      bytes += stored.batch.bytes.length;
      if (count > 0 && bytes > this.memory.commitBytes) break;
      count++;
    }
    return this.waiting.slice(0, count);
  }
}

function tooMuchWaits(): StorageError {
  return new StorageError('full', '[embedded] too many batches are waiting for the disk');
}
