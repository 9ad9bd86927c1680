import type { EncodedBatch } from '@spoor/wire';

/** Where an agent's batches go: collectors over the network, or one in the same process. */
export interface BatchSink {
  /** The way they go, for the counters' label `protocol`. */
  readonly protocol?: 'grpc' | 'in-process';
  /** Resolves once the batch has been acknowledged; rejects if it was given up. Many may be under way at once. */
  deliver(batch: EncodedBatch): Promise<void>;
  /** Gives up what is still under way. */
  close(): Promise<void>;
}
