import type { EncodedBatch } from '@spoor/wire';

/** Where an agent's batches go: collectors over the network, or one in the same process. It holds nothing itself. */
export interface BatchSink {
  /** The way they go, for the counters' label `protocol`. */
  readonly protocol?: 'grpc' | 'tchannel' | 'in-process';
  /** How many may be under way at once. As many as there are unless given. */
  readonly maxCalls?: number;
  /**
   * Resolves once the batch has been acknowledged. Rejects with a `SinkError` that says whether it may be tried again;
   * with any other error it may not.
   */
  deliver(batch: EncodedBatch): Promise<void>;
  /** What is under way rejects with `closed`. May be called again. */
  close(): Promise<void>;
}
