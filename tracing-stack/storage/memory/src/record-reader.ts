import type { Span } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { storedSpans } from '@spoor/storage-api';
import type { Segment } from './segment.ts';

/** Counts what could not be read. */
export interface UnreadableRecords {
  count: number;
}

/** Decoded spans that one call keeps; beyond them it decodes again. */
const KEPT_SPANS = 100_000;

/**
 * Reads records for one call and decodes each once. A record that cannot be read is counted, the first one in the life
 * of the store is logged, and it has no spans.
 */
export class RecordReader {
  private readonly unreadable: UnreadableRecords;
  private readonly logger: Logger;
  private readonly records = new Map<number, readonly Span[]>();
  private keptSpans = 0;

  constructor(unreadable: UnreadableRecords, logger: Logger) {
    this.unreadable = unreadable;
    this.logger = logger;
  }

  /** Every span of a record, as a query answers it. */
  spans(segment: Segment, record: number): readonly Span[] {
    const sequence = segment.firstSequence + record;
    let spans = this.records.get(sequence);
    if (spans === undefined) {
      spans = this.decode(segment, record);
      this.keep(sequence, spans);
    }
    return spans;
  }

  private decode(segment: Segment, record: number): readonly Span[] {
    try {
      return storedSpans(segment.records.stored(record));
    } catch (error) {
      if (this.unreadable.count++ === 0) {
        const message = 'a record cannot be read, left out (further ones are counted only)';
        this.logger.error({ err: error }, message);
      }
      return [];
    }
  }

  private keep(sequence: number, spans: readonly Span[]): void {
    this.keptSpans += spans.length;
    if (this.keptSpans > KEPT_SPANS) {
      this.records.clear();
      this.keptSpans = spans.length;
    }
    this.records.set(sequence, spans);
  }
}
