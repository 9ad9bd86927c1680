import { type Metrics, showFigures } from '@spoor/platform';

/** What the store knows about itself; each is read when asked for. */
export interface StoreStats {
  readonly buckets: number;
  /** On disk. */
  readonly bytes: number;
  /** In memory, of batches that wait for the disk. */
  readonly waitingBytes: number;
  /** In memory, of what calls that read have gathered and not answered yet. */
  readonly readingBytes: number;
  /** How often a record could not be read. */
  readonly unreadableRecords: number;
  readonly unreadableBuckets: number;
  /** 1 if the graph of the services was last answered before all that had come was counted, else 0. */
  readonly graphBehind: number;
}

const HELP: Record<keyof StoreStats, [name: string, help: string]> = {
  buckets: ['spoor_embedded_buckets', 'Buckets of the embedded store'],
  bytes: ['spoor_embedded_bytes', 'Bytes that the embedded store takes on disk'],
  waitingBytes: [
    'spoor_embedded_waiting_bytes',
    'Bytes of memory that batches on their way to the disk of the embedded store take',
  ],
  readingBytes: [
    'spoor_embedded_reading_bytes',
    'Bytes of memory that calls which read the embedded store hold',
  ],
  unreadableRecords: ['spoor_embedded_unreadable_records', 'Reads of records that failed'],
  graphBehind: [
    'spoor_embedded_graph_behind',
    '1 if the graph of the services was last answered before all spans were counted',
  ],
  unreadableBuckets: ['spoor_embedded_unreadable_buckets', 'Buckets that could not be opened'],
};

/** Shows the figures on `/metrics`. */
export function reportStats(stats: StoreStats, metrics: Metrics): void {
  showFigures(stats, HELP, metrics);
}
