import type { Micros } from '@spoor/model';
import type { Logger, Metrics } from '@spoor/platform';

export interface MemoryStoreOptions {
  /** Traces that are kept at most; those that came first go first. 0 for no such bound, as unless given. */
  readonly maxTraces?: number;
  /** Bytes that spans and their index may take; the oldest batches go first. `MEMORY_BYTES` unless given. */
  readonly maxBytes?: number;
  /** Microseconds since 1970. */
  readonly clock?: () => Micros;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}
