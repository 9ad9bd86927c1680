import type { EncodedBatch } from '@spoor/wire';

/** One collector that an agent posts to, by whatever protocol. Connects with the first call, and anew when it must. */
export interface CollectorLink {
  readonly address: string;
  readonly connected: boolean;
  /** How often a connection was made. */
  readonly connects: number;
  /** Resolves once the collector has acknowledged the batch. Rejects with `PostError`. */
  post(batch: EncodedBatch): Promise<void>;
  /** Calls under way reject. */
  close(): void;
}

/** What a collector answered to a batch that it did not take, or that it did not answer. */
export class PostError extends Error {
  /** The name that its protocol has for it. */
  readonly code: string;
  /** Whether the same batch may be taken later. */
  readonly isRepeatable: boolean;

  constructor(code: string, message: string, isRepeatable: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'PostError';
    this.code = code;
    this.isRepeatable = isRepeatable;
  }
}
