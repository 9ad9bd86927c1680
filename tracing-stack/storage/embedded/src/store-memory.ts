import { ByteBudget } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';

/** A commit takes no more batches than this at once, however much memory there is: who waits for it waits longer. */
const MAX_COMMIT_BYTES = 16 * 1024 * 1024;

/**
 * How the memory that a store may hold is shared out: an eighth to what waits for the disk, a sixteenth to names, three
 * quarters to the calls that read, and a sixteenth to a commit, whose pages LMDB keeps until they are on the disk.
 */
export class StoreMemory {
  /** Batches that wait for the disk, with their indexes. */
  readonly waiting: ByteBudget;
  /** What calls that are under way have read so far. */
  readonly reading: ByteBudget;
  /** Names of services and operations of which is known that they are stored. */
  readonly nameBytes: number;
  /** Batches in one commit. */
  readonly commitBytes: number;

  constructor(maxBytes: number) {
    this.waiting = new ByteBudget(Math.floor(maxBytes / 8));
    this.reading = new ByteBudget(Math.floor((3 * maxBytes) / 4));
    this.nameBytes = Math.floor(maxBytes / 16);
    this.commitBytes = Math.min(Math.floor(maxBytes / 64), MAX_COMMIT_BYTES);
  }
}

/** What one call that reads holds. It is given back when the call has answered. */
export class CallMemory implements Disposable {
  private readonly budget: ByteBudget;
  private own = 0;

  constructor(budget: ByteBudget) {
    this.budget = budget;
  }

  /** Of records that were read, for the case that they are needed again: a call's part of what all calls may hold. */
  get recordBytes(): number {
    return this.budget.maxBytes / 8;
  }

  hasRoomFor(bytes: number): boolean {
    return this.budget.bytes + bytes <= this.budget.maxBytes;
  }

  /**
   * Takes so much more. Throws `StorageError`: `unsupported` if the call alone would hold more than all calls may, `full`
   * if it would only together with others that are under way.
   */
  hold(bytes: number): void {
    const { maxBytes } = this.budget;
    if (this.own + bytes > maxBytes) {
      const text = `the answer needs more memory than the ${maxBytes} bytes that --embedded.max-memory-bytes leaves to reading`;
      throw new StorageError('unsupported', `[embedded] ${text}: ask for less`);
    }
    if (!this.budget.tryTake(bytes, this.own)) {
      const text = `other calls hold the ${maxBytes} bytes that --embedded.max-memory-bytes leaves to reading`;
      throw new StorageError('full', `[embedded] ${text}: ask again`);
    }
    this.own += bytes;
  }

  giveBack(bytes: number): void {
    this.own -= bytes;
    this.budget.giveBack(bytes);
  }

  [Symbol.dispose](): void {
    this.giveBack(this.own);
  }
}
