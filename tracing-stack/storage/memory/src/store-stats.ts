import { type Metrics, showFigures } from '@spoor/platform';

/** What the store knows about itself; each is read when asked for. */
export interface MemoryStats {
  readonly traces: number;
  /** What spans and index take, roughly. */
  readonly bytes: number;
  /** Traces that were dropped whole so far. */
  readonly droppedTraces: number;
  /** How often a record could not be read. */
  readonly unreadableRecords: number;
}

const HELP: Record<keyof MemoryStats, [name: string, help: string]> = {
  traces: ['spoor_memory_traces', 'Traces in the memory store'],
  bytes: ['spoor_memory_bytes', 'Bytes that spans and their index take in the memory store'],
  droppedTraces: ['spoor_memory_dropped_traces', 'Traces dropped to stay within the bounds'],
  unreadableRecords: ['spoor_memory_unreadable_records', 'Reads of records that failed'],
};

/** Shows the figures on `/metrics`. */
export function reportStats(stats: MemoryStats, metrics: Metrics): void {
  showFigures(stats, HELP, metrics);
}
