import type { BatchIndex } from '@spoor/wire';
import { type Column, doublesColumn, wordsColumn } from './column.ts';

const SPANS = 512;

/** The index of spans: an entry a span in each column. */
export class SpanColumns {
  readonly startTimes = doublesColumn(SPANS);
  readonly durations = doublesColumn(SPANS);
  readonly operationOf = wordsColumn(SPANS);
  readonly traceOf = wordsColumn(SPANS);
  private readonly processOf = wordsColumn(SPANS);
  private readonly tags = new TagLists(SPANS);
  private readonly processTags = new TagLists(SPANS);

  get count(): number {
    return this.startTimes.length;
  }

  get bytes(): number {
    return this.columns.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Adds the spans of a batch, each with its operation and its trace. */
  add(index: BatchIndex, operationOf: readonly number[], traceOf: readonly number[]): void {
    const { count, tagHashes, tagOffsets } = index;
    const firstProcess = this.processTags.count;
    for (const { tagHashes } of index.processes) this.processTags.add(tagHashes);
    // Spans of a batch without any process have this one.
    if (index.processes.length === 0) this.processTags.add(NO_TAGS);
    for (let i = 0; i < count; i++) {
      this.startTimes.push(index.startTimes[i] ?? 0);
      this.durations.push(index.durations[i] ?? 0);
      this.operationOf.push(operationOf[i] ?? 0);
      this.traceOf.push(traceOf[i] ?? 0);
      this.processOf.push(firstProcess + (index.processOf[i] ?? 0));
    }
    this.tags.addAll(tagHashes, tagOffsets, count);
  }

  /** Whether a span has tags of all these hashes, each of its own, in its logs or by its process. */
  hasTags(span: number, hashes: readonly number[]): boolean {
    for (const hash of hashes) {
      if (this.tags.holds(span, hash)) continue;
      if (!this.processTags.holds(this.processOf.values[span] ?? 0, hash)) return false;
    }
    return true;
  }

  trim(): void {
    for (const column of this.columns) column.trim();
  }

  private get columns(): readonly Pick<Column<Uint8Array>, 'bytes' | 'trim'>[] {
    const { startTimes, durations, operationOf, traceOf, processOf, tags, processTags } = this;
    return [startTimes, durations, operationOf, traceOf, processOf, tags, processTags];
  }
}

/** What `SpanColumns.bytes` counts for a batch: two doubles, three words and the end of its tags a span, and all tags. */
export function columnBytes({ count, tagHashes, processes }: BatchIndex): number {
  let bytes = (2 * 8 + 4 * 4) * count + tagHashes.byteLength;
  for (const process of processes) bytes += 4 + process.tagHashes.byteLength;
  return processes.length === 0 ? bytes + 4 : bytes;
}

const NO_TAGS = new Uint32Array(0);

/** Lists of tag hashes, one behind the other. */
class TagLists {
  private readonly ends: Column<Uint32Array>;
  private readonly hashes: Column<Uint32Array>;

  constructor(capacity: number) {
    this.ends = wordsColumn(capacity);
    this.hashes = wordsColumn(8 * capacity);
  }

  get count(): number {
    return this.ends.length;
  }

  get bytes(): number {
    return this.ends.bytes + this.hashes.bytes;
  }

  add(hashes: Uint32Array): void {
    this.hashes.append(hashes);
    this.ends.push(this.hashes.length);
  }

  /** Adds `count` lists: the `i`-th from `offsets[i]` up to `offsets[i + 1]`. */
  addAll(hashes: Uint32Array, offsets: Uint32Array, count: number): void {
    const before = this.hashes.length;
    this.hashes.append(hashes);
    for (let i = 1; i <= count; i++) this.ends.push(before + (offsets[i] ?? 0));
  }

  holds(list: number, hash: number): boolean {
    const ends = this.ends.values;
    const hashes = this.hashes.values;
    const end = ends[list] ?? 0;
    for (let i = list === 0 ? 0 : (ends[list - 1] ?? 0); i < end; i++) {
      if (hashes[i] === hash) return true;
    }
    return false;
  }

  trim(): void {
    this.ends.trim();
    this.hashes.trim();
  }
}
