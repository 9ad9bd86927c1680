import { createHash } from 'node:crypto';
import type { Micros } from '@spoor/model';

/** Names that are remembered at once, as many as Jaeger's own cache holds. */
const NAMES = 100_000;
/** Letters from which on a digest is held in place of a name: a name may have 64 KiB. */
const LONG = 64;

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
    return (this.names.get(heldFor(name)) ?? Number.NEGATIVE_INFINITY) > this.clock();
  }

  /** Once it is stored. */
  add(name: string): void {
    const held = heldFor(name);
    this.names.delete(held);
    this.names.set(held, this.clock() + this.timeToLive);
    if (this.names.size <= NAMES) return;
    const [oldest] = this.names.keys();
    if (oldest !== undefined) this.names.delete(oldest);
  }
}

/** A name, or the digest of a long one. Those who ask write names as JSON, as no digest is. */
export function heldFor(name: string): string {
  return name.length < LONG ? name : createHash('sha256').update(name).digest('base64');
}
