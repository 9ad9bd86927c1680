import type { SamplingStore } from '@spoor/storage-api';
import type { AdaptiveOptions } from './adaptive-options.ts';

const NAME = 'adaptive-sampling-leader';

export interface LeaderLeaseParts {
  readonly store: SamplingStore;
  /** Who this collector is: a name that no other has. */
  readonly collector: string;
  readonly options: Pick<AdaptiveOptions, 'followerLeaseRefreshMs'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Whether this collector is the one of all that calculates. */
export class LeaderLease {
  private readonly parts: LeaderLeaseParts;
  /** Until when this collector is the leader, in milliseconds since 1970. */
  private heldUntil = 0;
  private renewal: Promise<void> | undefined;

  constructor(parts: LeaderLeaseParts) {
    this.parts = parts;
  }

  /** What the store said last holds, but no longer than the lease: who cannot reach the store does not lead on. */
  get isHeld(): boolean {
    return this.heldUntil > this.parts.clock();
  }

  /** Asks for the lease, or for more of it. Rejects as the store does. */
  renew(): Promise<void> {
    this.renewal = this.ask();
    return this.renewal;
  }

  private async ask(): Promise<void> {
    const { clock, options } = this.parts;
    const until = clock() + options.followerLeaseRefreshMs;
    this.heldUntil = (await this.take(until)) ? until : 0;
  }

  /** So that another need not wait until the lease has run out. What is being asked for is given back, too. */
  async giveBack(): Promise<void> {
    // Whoever asked for it is told of a failure.
    await Promise.allSettled([this.renewal]);
    if (!this.isHeld) return;
    this.heldUntil = 0;
    await this.take(0);
  }

  private take(until: number): Promise<boolean> {
    const { store, collector, clock } = this.parts;
    return store.takeLease({ name: NAME, holder: collector, until: until * 1000 }, clock() * 1000);
  }
}
