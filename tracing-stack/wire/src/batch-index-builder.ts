import type { BatchIndex, IndexedProcess } from './encoded-batch.ts';

/** A typed array of at most 64 bytes lies in V8's own heap; memory from outside costs about a microsecond an array. */
const SMALL_BATCH = 4;

/** Collects the columns of a `BatchIndex`, span after span. A codec fills the columns of span `count` itself. */
export class BatchIndexBuilder {
  count = 0;
  readonly traceIds: Uint8Array;
  readonly startTimes: Float64Array;
  readonly durations: Float64Array;
  readonly operations: string[] = [];
  readonly kinds: string[] = [];
  readonly processOf: Uint32Array;
  readonly tagHashes = new TagHashes();
  private readonly tagOffsets: Uint32Array;

  /** `capacity`: how many spans there will be. The caller has checked it against the bytes there are. */
  constructor(capacity: number) {
    if (capacity <= SMALL_BATCH) {
      this.startTimes = new Float64Array(capacity);
      this.durations = new Float64Array(capacity);
      this.traceIds = new Uint8Array(16 * capacity);
      this.processOf = new Uint32Array(capacity);
      this.tagOffsets = new Uint32Array(capacity + 1);
    } else {
      const memory = new ArrayBuffer(40 * capacity + 4);
      this.startTimes = new Float64Array(memory, 0, capacity);
      this.durations = new Float64Array(memory, 8 * capacity, capacity);
      this.traceIds = new Uint8Array(memory, 16 * capacity, 16 * capacity);
      this.processOf = new Uint32Array(memory, 32 * capacity, capacity);
      this.tagOffsets = new Uint32Array(memory, 36 * capacity, capacity + 1);
    }
  }

  endSpan(): void {
    this.count++;
    this.tagOffsets[this.count] = this.tagHashes.count;
  }

  finish(processes: readonly IndexedProcess[]): BatchIndex {
    return {
      count: this.count,
      traceIds: this.traceIds,
      startTimes: this.startTimes,
      durations: this.durations,
      operations: this.operations,
      kinds: this.kinds,
      processOf: this.processOf,
      processes,
      tagHashes: this.tagHashes.column(),
      tagOffsets: this.tagOffsets,
    };
  }
}

/** Tag hashes of which nobody knows beforehand how many there will be. */
export class TagHashes {
  /** As int32, which V8 keeps without a heap number. */
  private readonly hashes: number[] = [];

  get count(): number {
    return this.hashes.length;
  }

  add(hash: number): void {
    this.hashes.push(hash | 0);
  }

  column(): Uint32Array {
    const { hashes } = this;
    const column = new Uint32Array(hashes.length);
    for (let i = 0; i < hashes.length; i++) column[i] = hashes[i] as number;
    return column;
  }
}
