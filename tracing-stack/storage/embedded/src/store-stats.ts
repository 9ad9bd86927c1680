import type { Metrics } from '@spoor/platform';

/** What the store knows about itself; each is read when asked for. */
export interface StoreStats {
  readonly buckets: number;
  /** On disk. */
  readonly bytes: number;
  /** How often a record could not be read. */
  readonly unreadableRecords: number;
  readonly unreadableBuckets: number;
}

const HELP: Record<keyof StoreStats, [name: string, help: string]> = {
  buckets: ['spoor_embedded_buckets', 'Buckets of the embedded store'],
  bytes: ['spoor_embedded_bytes', 'Bytes that the embedded store takes on disk'],
  unreadableRecords: ['spoor_embedded_unreadable_records', 'Reads of records that failed'],
  unreadableBuckets: ['spoor_embedded_unreadable_buckets', 'Buckets that could not be opened'],
};

/** Shows the figures on `/metrics`. */
export function reportStats(stats: StoreStats, metrics: Metrics): void {
  const gauges = (Object.keys(HELP) as (keyof StoreStats)[]).map((key) => {
    const gauge = metrics.gauge(...HELP[key]);
    return () => gauge.set(stats[key]);
  });
  metrics.onRead(() => {
    for (const read of gauges) read();
  });
}
