import { StorageError, type StoredBatch } from '@spoor/storage-api';
import type { BatchIndex } from '@spoor/wire';
import { batchBytes, mostBatchBytes } from './batch-bytes.ts';
import { Segment } from './segment.ts';
import { type KeptTrace, TraceTable } from './trace-table.ts';

const MEBIBYTE = 1024 * 1024;
/** So many segments at least share `maxBytes`, and dropping one never drops more than this part. */
const SEGMENTS_IN_MAX_BYTES = 16;

export interface SegmentListOptions {
  readonly maxTraces: number;
  readonly maxBytes: number;
  /** The number of the first record. */
  readonly firstSequence: number;
}

/** Everything that is kept, in segments, oldest first. Drops what is too much. */
export class SegmentList {
  readonly traces = new TraceTable();
  /** How many traces were dropped so far. */
  droppedTraces = 0;
  private readonly maxTraces: number;
  private readonly maxBytes: number;
  private segments: Segment[];
  /** Of all segments but the newest, to which is still added. */
  private fullBytes = 0;

  constructor({ maxTraces, maxBytes, firstSequence }: SegmentListOptions) {
    this.maxTraces = maxTraces === 0 ? Number.POSITIVE_INFINITY : maxTraces;
    this.maxBytes = maxBytes;
    this.segments = [new Segment(firstSequence)];
  }

  /** As they are now: segments that are dropped later stay readable. */
  get all(): readonly Segment[] {
    return this.segments;
  }

  get newest(): Segment {
    return this.segments[this.segments.length - 1] as Segment;
  }

  get bytes(): number {
    return this.fullBytes + this.newest.bytes;
  }

  /** Throws `StorageError` code `full` for a batch that alone is more than may be kept. */
  add(stored: StoredBatch, index: BatchIndex): void {
    if (index.count === 0) return;
    if (!this.hasRoom(mostBatchBytes(stored, index))) this.makeRoom(batchBytes(stored, index));
    this.newest.add(stored, index, this.traces);
    while (this.traces.size > this.maxTraces) this.dropOldestTrace();
    while (this.segments.length > 1 && this.isOldestTooMuch()) this.dropOldestSegment();
  }

  /** The segment that holds a record; `undefined` if it was dropped. */
  segmentOf(sequence: number): Segment | undefined {
    let from = 0;
    let to = this.segments.length;
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if ((this.segments[middle]?.firstSequence ?? 0) <= sequence) from = middle;
      else to = middle;
    }
    const segment = this.segments[from];
    return segment && segment.firstSequence <= sequence ? segment : undefined;
  }

  /** Whether the newest segment takes so many bytes more. */
  private hasRoom(size: number): boolean {
    return this.newest.bytes + size <= Math.min(MEBIBYTE, this.maxBytes / SEGMENTS_IN_MAX_BYTES);
  }

  /** A batch that is larger than a segment should be gets one of its own. */
  private makeRoom(size: number): void {
    if (size > this.maxBytes) {
      const text = `[memory] a batch takes ${size} bytes, and all may take ${this.maxBytes} together`;
      throw new StorageError('full', text);
    }
    const { newest } = this;
    if (newest.records.count === 0 || this.hasRoom(size)) return;
    newest.trim();
    this.fullBytes += newest.bytes;
    this.segments = [...this.segments, new Segment(newest.nextSequence)];
  }

  private isOldestTooMuch(): boolean {
    return this.bytes > this.maxBytes || this.segments[0]?.isOfUse === false;
  }

  private dropOldestSegment(): void {
    const [oldest, ...left] = this.segments;
    if (oldest === undefined) return;
    this.segments = left;
    this.fullBytes -= oldest.bytes;
    for (const trace of oldest.traces) {
      trace.forget(oldest.nextSequence - 1);
      if (trace.isKept && trace.records.length === 0) this.drop(trace);
    }
  }

  private dropOldestTrace(): void {
    const trace = this.traces.oldest();
    if (trace === undefined) return;
    this.drop(trace);
    for (const sequence of trace.records) this.segmentOf(sequence)?.traceDropped();
  }

  private drop(trace: KeptTrace): void {
    this.traces.drop(trace);
    this.droppedTraces++;
  }
}
