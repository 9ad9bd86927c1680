import { once } from 'node:events';
import type { StorageError } from './storage-error.ts';

/** Makes a call to a store, unless that is closed. */
export type Calling = <T>(call: () => Promise<T>) => Promise<T>;

/** The calls of a store from its opening to its end. */
export class OpenCalls {
  private readonly closedError: () => StorageError;
  private readonly underWay = new Set<Promise<unknown>>();
  private isOver = false;

  /** `closedError` is what a call rejects with that comes too late. */
  constructor(closedError: () => StorageError) {
    this.closedError = closedError;
  }

  /** For a question that need not be answered before the end. */
  readonly asking: Calling = async (call) => {
    if (this.isOver) throw this.closedError();
    return call();
  };

  readonly calling: Calling = async (call) => {
    const answer = this.asking(call);
    this.underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.underWay.delete(answer);
    }
  };

  /** Refuses all further calls, and waits for those under way, until the deadline. */
  async end(deadline: AbortSignal): Promise<void> {
    this.isOver = true;
    if (deadline.aborted) return;
    await Promise.race([Promise.allSettled(this.underWay), once(deadline, 'abort')]);
  }
}
