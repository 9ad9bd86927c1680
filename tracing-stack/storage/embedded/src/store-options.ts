import type { Micros } from '@spoor/model';
import type { Logger, Metrics } from '@spoor/platform';

const MINUTE: Micros = 60_000_000;
const HOUR: Micros = 60 * MINUTE;

/** How long spans are kept, unless an option says otherwise. */
export const TIME_TO_LIVE: Micros = 72 * HOUR;
/**
 * Arrival time that one bucket takes, unless an option says otherwise: an hour, or an eighth of the time to live if that is less,
 * because a bucket is only dropped when its newest span is too old. Not less than a minute, which is how often it is looked for.
 */
export function bucketDurationFor(timeToLive: Micros): Micros {
  return Math.min(HOUR, Math.max(MINUTE, timeToLive / 8));
}

/** Bytes on disk, unless an option says otherwise. */
export const MAX_BYTES = 8 * 1024 ** 3;
/** Bytes in memory, unless an option says otherwise. */
export const MAX_MEMORY_BYTES = 1024 ** 3;

export interface EmbeddedStoreOptions {
  /** Holds one folder a bucket. Made if it is not there. */
  readonly directory: string;
  /** Read what another process writes. Calls answer `unavailable` until that has made the store. */
  readonly readOnly?: boolean;
  /** Arrival time that one bucket takes, in µs. `bucketDurationFor` says it unless given. */
  readonly bucketDuration?: Micros;
  /** How long spans are kept, counted from their arrival, in µs. 72 hours unless given. Whole buckets are dropped. */
  readonly timeToLive?: Micros;
  /** Bytes on disk that buckets take at most; the oldest are dropped. 8 GiB unless given. */
  readonly maxBytes?: number;
  /**
   * Bytes that the store holds in memory at most: batches that wait for the disk, names, and what calls that read have
   * gathered (StoreMemory). 1 GiB unless given. What LMDB maps of its files is the system's, which takes it back.
   */
  readonly maxMemoryBytes?: number;
  /** Bytes to leave free on the disk: with less, writing fails with `full`. 64 MiB unless given. */
  readonly spareBytes?: number;
  /** Microseconds since 1970. */
  readonly clock?: () => Micros;
  /** Milliseconds between two looks for buckets to drop. One minute unless given. */
  readonly sweepInterval?: number;
  /** Milliseconds between two looks for calls to count. Five seconds unless given: a trace has mostly come by then. */
  readonly countInterval?: number;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}
