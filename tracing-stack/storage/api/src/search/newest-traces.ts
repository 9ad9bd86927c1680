import type { Micros, TraceId } from '@spoor/model';

/** The traces with the newest matches found so far, at most `limit` of them. */
export class NewestTraces {
  private readonly limit: number;
  private newest = new Map<TraceId, Micros>();
  /** The oldest match that counts, once there are `limit` traces. */
  private threshold = Number.NEGATIVE_INFINITY;
  private stale = false;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(traceId: TraceId, startTime: Micros): void {
    if (startTime < this.threshold) return;
    const known = this.newest.get(traceId);
    if (known !== undefined && known >= startTime) return;
    this.newest.set(traceId, startTime);
    this.stale = true;
  }

  /** Whether nothing that started at `startTime` or before can change the result. */
  isSettledBefore(startTime: Micros): boolean {
    if (this.newest.size < this.limit) return false;
    this.settle();
    return startTime < this.threshold;
  }

  /** Newest match first. */
  traceIds(): TraceId[] {
    this.settle();
    return [...this.newest.keys()];
  }

  private settle(): void {
    if (!this.stale) return;
    const sorted = [...this.newest].sort(([, a], [, b]) => b - a).slice(0, this.limit);
    this.newest = new Map(sorted);
    this.stale = false;
    const last = sorted[sorted.length - 1];
    if (last && sorted.length >= this.limit) this.threshold = last[1];
  }
}
