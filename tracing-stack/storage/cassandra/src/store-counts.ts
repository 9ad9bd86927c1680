import { type Metrics, showFigures } from '@spoor/platform';

/** What the store counts over its life. */
export interface StoreCounts {
  /** How often a row could not be read. */
  unreadableRows: number;
  /** Rows of an index that were left out, because their key is longer than Cassandra takes. */
  unindexedRows: number;
  /** Spans of refused batches that could not be taken back. */
  leftSpans: number;
}

const HELP: Record<keyof StoreCounts, [name: string, help: string]> = {
  unreadableRows: ['spoor_cassandra_unreadable_rows', 'Reads of rows that failed'],
  unindexedRows: ['spoor_cassandra_unindexed_rows', 'Rows of an index with too long a key'],
  leftSpans: ['spoor_cassandra_left_spans', 'Spans of refused batches that may be stored'],
};

/** Shows the counts on `/metrics`. */
export function reportCounts(counts: StoreCounts, metrics: Metrics): void {
  showFigures(counts, HELP, metrics);
}
