import type { BatchIndex, ClientReport, IndexedProcess } from './encoded-batch.ts';
import { SAMPLER_TYPE, SPAN_KIND, spells } from './names.ts';

/** A typed array of at most 64 bytes lies in V8's own heap; memory from outside costs about a microsecond an array. */
const SMALL_BATCH = 4;

/** Where texts of tags go beside their hashes: to entry `count` of a column. */
export interface TagColumns {
  readonly count: number;
  /** `start` to `end` is the tag's key; `undefined` for most. */
  columnOf(bytes: Uint8Array, start: number, end: number): string[] | undefined;
}

/** Collects the columns of a `BatchIndex`, span after span. A codec fills the columns of span `count` itself. */
export class BatchIndexBuilder implements TagColumns {
  count = 0;
  readonly traceIds: Uint8Array;
  readonly startTimes: Float64Array;
  readonly durations: Float64Array;
  readonly operations: string[] = [];
  readonly kinds: string[] = [];
  readonly samplerTypes: string[] = [];
  readonly flags: Uint32Array;
  readonly roots: Uint8Array;
  readonly processOf: Uint32Array;
  readonly tagHashes = new TagHashes();
  private readonly tagOffsets: Uint32Array;
  private readonly referred: Uint8Array[] = [];
  private referredCount = 0;

  /** `capacity`: how many spans there will be. The caller has checked it against the bytes there are. */
  constructor(capacity: number) {
    if (capacity <= SMALL_BATCH) {
      this.startTimes = new Float64Array(capacity);
      this.durations = new Float64Array(capacity);
      this.traceIds = new Uint8Array(16 * capacity);
      this.processOf = new Uint32Array(capacity);
      this.tagOffsets = new Uint32Array(capacity + 1);
      this.flags = new Uint32Array(capacity);
      this.roots = new Uint8Array(capacity);
    } else {
      const memory = new ArrayBuffer(45 * capacity + 4);
      this.startTimes = new Float64Array(memory, 0, capacity);
      this.durations = new Float64Array(memory, 8 * capacity, capacity);
      this.traceIds = new Uint8Array(memory, 16 * capacity, 16 * capacity);
      this.processOf = new Uint32Array(memory, 32 * capacity, capacity);
      this.tagOffsets = new Uint32Array(memory, 36 * capacity, capacity + 1);
      this.flags = new Uint32Array(memory, 40 * capacity + 4, capacity);
      this.roots = new Uint8Array(memory, 44 * capacity + 4, capacity);
    }
  }

  columnOf(bytes: Uint8Array, start: number, end: number): string[] | undefined {
    if (spells(SPAN_KIND, bytes, start, end)) return this.kinds;
    return spells(SAMPLER_TYPE, bytes, start, end) ? this.samplerTypes : undefined;
  }

  /** Where the trace id goes of another span that span `count` refers to: 16 bytes, zero until they are written. */
  referredTraceId(): Uint8Array {
    let id = this.referred[this.referredCount];
    if (id === undefined) {
      id = new Uint8Array(16);
      this.referred.push(id);
    } else id.fill(0);
    return id;
  }

  /** What was written to `referredTraceId` counts: it goes with the id of a span. */
  addReferred(): void {
    this.referredCount++;
  }

  /** The span's own trace id may come behind its references. */
  endSpan(): void {
    for (let k = 0; k < this.referredCount; k++) {
      if (this.isOwnTrace(this.referred[k] as Uint8Array)) this.roots[this.count] = 0;
    }
    this.referredCount = 0;
    this.kinds[this.count] ??= '';
    this.samplerTypes[this.count] ??= '';
    this.count++;
    this.tagOffsets[this.count] = this.tagHashes.count;
  }

  private isOwnTrace(id: Uint8Array): boolean {
    const own = 16 * this.count;
    for (let k = 0; k < 16; k++) if (this.traceIds[own + k] !== id[k]) return false;
    return true;
  }

  finish(processes: readonly IndexedProcess[], client?: ClientReport): BatchIndex {
    return {
      count: this.count,
      traceIds: this.traceIds,
      startTimes: this.startTimes,
      durations: this.durations,
      operations: this.operations,
      kinds: this.kinds,
      samplerTypes: this.samplerTypes,
      flags: this.flags,
      roots: this.roots,
      processOf: this.processOf,
      processes,
      tagHashes: this.tagHashes.column(),
      tagOffsets: this.tagOffsets,
      ...(client && { client }),
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
