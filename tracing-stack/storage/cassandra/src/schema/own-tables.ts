import type { Micros } from '@spoor/model';
import type { Session } from '../connection/session.ts';
import { ARRIVALS_TABLE, START_INDEX_TABLE } from './schema.ts';

/** Which of our tables the keyspace has beside Jaeger's: none where Jaeger's own job made it. */
export interface TablesThere {
  readonly startIndex: boolean;
  readonly arrivals: boolean;
}

/** How long it takes until a table that was not there is looked for again. */
const AGAIN: Micros = 10_000_000;

export class OwnTables {
  private readonly session: Session;
  private readonly clock: () => Micros;
  private known: TablesThere | undefined;
  private lookedAt = 0;

  constructor(session: Session, clock: () => Micros) {
    this.session = session;
    this.clock = clock;
  }

  async there(): Promise<TablesThere> {
    const { known } = this;
    const hasAll = known?.startIndex === true && known.arrivals;
    if (known && (hasAll || this.clock() - this.lookedAt < AGAIN)) return known;
    const [startIndex, arrivals] = await Promise.all([
      this.session.hasTable(START_INDEX_TABLE),
      this.session.hasTable(ARRIVALS_TABLE),
    ]);
    this.known = { startIndex, arrivals };
    this.lookedAt = this.clock();
    return this.known;
  }
}
