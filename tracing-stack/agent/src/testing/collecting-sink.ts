import type { EncodedBatch } from '@spoor/wire';
import type { BatchSink } from '../batch-sink.ts';

/** A sink for tests: keeps what it is given, and can be made to wait or to fail. */
export interface CollectingSink extends BatchSink {
  readonly batches: readonly EncodedBatch[];
  readonly closed: boolean;
  /** From now on nothing is acknowledged until `release`. */
  hold(): void;
  release(): void;
  failNext(error: Error): void;
}

export function collectingSink(): CollectingSink {
  const batches: EncodedBatch[] = [];
  let closed = false;
  let failure: Error | undefined;
  let held = Promise.resolve();
  let release = () => {};
  return {
    batches,
    get closed() {
      return closed;
    },
    hold() {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    failNext(error) {
      failure = error;
    },
    async deliver(batch) {
      await held;
      const failed = failure;
      failure = undefined;
      if (failed) throw failed;
      batches.push(batch);
    },
    async close() {
      closed = true;
    },
  };
}
