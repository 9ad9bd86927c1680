import type { Micros, TraceId } from '@spoor/model';
import type { SearchOrder } from '../span-store.ts';

/** What a match counts by in a search: the higher, the further in front its trace. */
export function rankOf(
  order: SearchOrder | undefined,
  startTime: Micros,
  duration: Micros,
): Micros {
  return order === 'longest-first' ? duration : startTime;
}

/** The traces with the highest ranked matches found so far, at most `limit` of them. */
export class RankedTraces {
  private readonly limit: number;
  private highest = new Map<TraceId, Micros>();
  /** The lowest rank that counts, once there are `limit` traces. */
  private threshold = Number.NEGATIVE_INFINITY;
  private stale = false;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Of traces that are held: the limit, and what was found since it was last applied. */
  get size(): number {
    return this.highest.size;
  }

  add(traceId: TraceId, rank: Micros): void {
    if (rank < this.threshold) return;
    const known = this.highest.get(traceId);
    if (known !== undefined && known >= rank) return;
    this.highest.set(traceId, rank);
    this.stale = true;
  }

  /** Whether no match of this rank or a lower one can change the result. */
  isSettledBelow(rank: Micros): boolean {
    if (this.highest.size < this.limit) return false;
    this.settle();
    return rank < this.threshold;
  }

  /** Highest ranked match first. */
  traceIds(): TraceId[] {
    this.settle();
    return [...this.highest.keys()];
  }

  private settle(): void {
    if (!this.stale) return;
    const sorted = [...this.highest].sort(([, a], [, b]) => b - a).slice(0, this.limit);
    this.highest = new Map(sorted);
    this.stale = false;
    const last = sorted[sorted.length - 1];
    if (last && sorted.length >= this.limit) this.threshold = last[1];
  }
}
