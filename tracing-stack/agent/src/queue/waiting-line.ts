import type { AgentCall, EncodedBatch } from '@spoor/wire';
import type { StoredBatch } from './segment.ts';

/** A batch that the agent has taken and not yet delivered. */
export interface Waiting {
  /** Batches that came later to their line have larger ones. */
  order: number;
  /** Whose spans they are. */
  readonly model: AgentCall['model'];
  readonly batch: EncodedBatch;
  readonly spans: number;
  /** By the clock of the delivery. */
  readonly since: number;
  /** Where it lies on disk; else it is in memory alone. */
  readonly stored?: StoredBatch;
  /** How often it was tried. */
  tries: number;
  /** Called when it takes no more memory. */
  readonly release: () => void;
}

/** Batches in memory, in their order. */
export class WaitingLine {
  private items: Waiting[] = [];
  private head = 0;
  bytes = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  get first(): Waiting | undefined {
    return this.items[this.head];
  }

  /** Puts a batch at its place; one that is new is the last. */
  add(waiting: Waiting): void {
    let at = this.items.length;
    while (at > this.head && (this.items[at - 1] as Waiting).order > waiting.order) at--;
    if (at === this.items.length) this.items.push(waiting);
    else this.items.splice(at, 0, waiting);
    this.bytes += waiting.batch.bytes.length;
  }

  take(): Waiting | undefined {
    const first = this.items[this.head];
    if (first === undefined) return undefined;
    this.head++;
    this.bytes -= first.batch.bytes.length;
    // Moving everything down costs too much to do on each take, and holding on to what was taken costs memory.
    if (this.head * 2 >= this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return first;
  }

  /** Takes all of which `isWanted`. */
  takeAll(isWanted: (waiting: Waiting) => boolean = () => true): Waiting[] {
    const all = this.items.slice(this.head);
    this.items = [];
    this.head = 0;
    this.bytes = 0;
    for (const waiting of all) if (!isWanted(waiting)) this.add(waiting);
    return all.filter(isWanted);
  }
}
