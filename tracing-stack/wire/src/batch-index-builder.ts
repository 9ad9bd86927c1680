import type { BatchIndex, IndexedProcess } from './encoded-batch.ts';

/** Collects the columns of a `BatchIndex`, span after span. A codec fills the fixed columns of span `count` itself. */
export class BatchIndexBuilder {
  count = 0;
  readonly traceIds: Uint8Array;
  readonly startTimes: Float64Array;
  readonly durations: Float64Array;
  readonly operations: string[] = [];
  readonly kinds: string[] = [];
  readonly processOf: Uint32Array;
  private readonly tagOffsets: Uint32Array;
  private hashes = new Uint32Array(64);
  private hashCount = 0;

  /** `capacity`: how many spans there will be at most. The caller has checked it against the bytes there are. */
  constructor(capacity: number) {
    this.traceIds = new Uint8Array(16 * capacity);
    this.startTimes = new Float64Array(capacity);
    this.durations = new Float64Array(capacity);
    this.processOf = new Uint32Array(capacity);
    this.tagOffsets = new Uint32Array(capacity + 1);
  }

  addTagHash(hash: number): void {
    if (this.hashCount === this.hashes.length) {
      const grown = new Uint32Array(2 * this.hashes.length);
      grown.set(this.hashes);
      this.hashes = grown;
    }
    this.hashes[this.hashCount++] = hash;
  }

  /** The hashes added so far, where they are a process's and not a span's. */
  takeTagHashes(): Uint32Array {
    return this.hashes.slice(0, this.hashCount);
  }

  endSpan(): void {
    this.count++;
    this.tagOffsets[this.count] = this.hashCount;
  }

  finish(processes: readonly IndexedProcess[]): BatchIndex {
    const { count, traceIds, startTimes, durations, operations, kinds, processOf } = this;
    const tagHashes = this.takeTagHashes();
    const ids = { count, traceIds, startTimes, durations, operations, kinds };
    return { ...ids, processOf, processes, tagHashes, tagOffsets: this.tagOffsets };
  }
}
