import type { Span } from '@spoor/model';
import type { Arrivals } from '../span-store.ts';
import { StorageError } from '../storage-error.ts';
import { Turn } from './turn.ts';

/** A record that arrived, and what is left of its spans. */
export interface ArrivedRecord {
  /** Grows from record to record. */
  readonly sequence: number;
  readonly spans: readonly Span[];
}

export interface ArrivalSource {
  /** The store's name, for errors. */
  readonly store: string;
  /** The sequence of the newest record; 0 if there was none yet. */
  newest(): number;
  /** The records of a higher sequence, lowest first, each read when it is asked for. */
  after(sequence: number): Iterable<ArrivedRecord>;
}

/** What a reader's `arrivals` answers in a store that numbers its records: the cursor is the last number given out. */
export async function gatherArrivals(
  source: ArrivalSource,
  cursor: string | undefined,
  limit: number,
): Promise<Arrivals> {
  let last = cursor === undefined ? 0 : sequenceIn(cursor, source.store);
  if (limit <= 0) {
    return { spans: [], cursor: String(cursor === undefined ? source.newest() : last) };
  }
  const spans: Span[] = [];
  const turn = new Turn();
  for (const record of source.after(last)) {
    last = record.sequence;
    // One by one: as arguments of one call, the spans of a large batch are more than the stack holds.
    for (const span of record.spans) spans.push(span);
    if (spans.length >= limit) break;
    await turn.end();
  }
  return { spans, cursor: String(last) };
}

function sequenceIn(cursor: string, store: string): number {
  const sequence = Number(cursor);
  if (/^\d+$/.test(cursor) && Number.isSafeInteger(sequence)) return sequence;
  throw new StorageError('corrupt', `[${store}] ${JSON.stringify(cursor)} is no arrival cursor`);
}
