import type { Micros } from '@spoor/model';

/** Gives every span a microsecond of its own, which grows from span to span: the order in which one process stored them. */
export class Stamps {
  private readonly clock: () => Micros;
  private next = 0;

  constructor(clock: () => Micros) {
    this.clock = clock;
  }

  /** The first of `count` in a row. */
  take(count: number): Micros {
    const first = Math.max(this.next, Math.floor(this.clock()));
    this.next = first + count;
    return first;
  }
}
