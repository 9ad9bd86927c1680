import type { Micros } from '@spoor/model';

/** Names that are remembered at once, as many as Jaeger's own cache holds. */
const NAMES = 100_000;

/** Which names were written not long ago. */
export class NameCache {
  private readonly timeToLive: Micros;
  private readonly clock: () => Micros;
  /** By when each is to be written again; the oldest first. */
  private readonly names = new Map<string, Micros>();

  constructor(timeToLive: Micros, clock: () => Micros) {
    this.timeToLive = timeToLive;
    this.clock = clock;
  }

  has(name: string): boolean {
    return (this.names.get(name) ?? Number.NEGATIVE_INFINITY) > this.clock();
  }

  /** Once it is stored. */
  add(name: string): void {
    this.names.delete(name);
    this.names.set(name, this.clock() + this.timeToLive);
    if (this.names.size <= NAMES) return;
    const [oldest] = this.names.keys();
    if (oldest !== undefined) this.names.delete(oldest);
  }
}
