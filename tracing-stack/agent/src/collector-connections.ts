import type { HostPort } from '@spoor/platform';
import { CollectorConnection } from './collector-connection.ts';

/** The connections to all collectors that an agent knows. */
export class CollectorConnections {
  readonly all: readonly CollectorConnection[];
  private turn = 0;

  constructor(collectors: readonly HostPort[]) {
    this.all = collectors.map((collector) => new CollectorConnection(collector));
  }

  get count(): number {
    return this.all.length;
  }

  /** One after the other; `undefined` if there is none. */
  next(): CollectorConnection | undefined {
    return this.all[this.turn++ % this.all.length];
  }

  /** Calls under way reject with CANCELLED. */
  close(): void {
    for (const connection of this.all) connection.close();
  }
}
