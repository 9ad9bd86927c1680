import type { Micros } from '@spoor/model';
import type { Clock } from '../clock.ts';

/**
 * Credits that grow with time up to a bound, and are full at the start: `perSecond` of them a second, and at most one
 * second's worth, but never less than one may be saved.
 */
export class RateLimiter {
  private readonly clock: Clock;
  private perSecond: number;
  private balance: number;
  private countedUntil: Micros;

  constructor(perSecond: number, clock: Clock) {
    this.clock = clock;
    this.perSecond = perSecond;
    this.balance = this.bound;
    this.countedUntil = clock.now().elapsed;
  }

  /** Takes one credit, if there is one. */
  take(): boolean {
    // Each time, as npm jaeger-client does. Jaeger's Go client does so with none left, and keeps twice as many after a rest.
    this.refill();
    if (this.balance < 1) return false;
    this.balance--;
    return true;
  }

  /** Goes on at another rate, with the same share of what may be saved: a new rate gives no burst. */
  setRate(perSecond: number): void {
    this.refill();
    const share = this.balance / this.bound;
    this.perSecond = perSecond;
    this.balance = share * this.bound;
  }

  private get bound(): number {
    return Math.max(this.perSecond, 1);
  }

  private refill(): void {
    const { elapsed } = this.clock.now();
    const seconds = (elapsed - this.countedUntil) / 1_000_000;
    this.countedUntil = elapsed;
    this.balance = Math.min(this.balance + seconds * this.perSecond, this.bound);
  }
}
