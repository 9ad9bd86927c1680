import type { Micros } from '@spoor/model';
import type { Calling, CallSource, DependencyLink, DependencyStore } from '@spoor/storage-api';
import { LinkCounts } from '@spoor/storage-api/dependencies';
import type { Session } from '../connection/session.ts';
import {
  type DependenciesRow,
  INSERT_DEPENDENCIES,
  SELECT_ALL_DEPENDENCIES,
  SELECT_DEPENDENCIES,
} from '../statements/dependencies.ts';

const DAY_MS = 86_400_000;
/** A look at so many days costs as much as a look at all. */
const MOST_DAYS = 400;
/** What Jaeger's job names as the source of a link. */
const SOURCE = 'jaeger';

/** Who called whom, in Jaeger's `dependencies_v2`. */
export class CassandraDependencies implements DependencyStore {
  readonly calls: CallSource;
  private readonly session: Session;
  private readonly calling: Calling;

  constructor(session: Session, calls: CallSource, calling: Calling) {
    this.session = session;
    this.calls = calls;
    this.calling = calling;
  }

  read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]> {
    return this.calling(async () => {
      const from = msTime(Math.ceil((endTs - lookback) / 1000));
      const to = msTime(Math.floor(endTs / 1000));
      const links = new LinkCounts();
      for await (const { ts, dependencies } of this.rowsBetween(from, to)) {
        if (ts.getTime() < from || ts.getTime() > to) continue;
        for (const { parent, child, call_count } of dependencies ?? []) {
          links.add({ parent, child }, Number(call_count));
        }
      }
      return links.all();
    });
  }

  write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    const ms = Math.floor(timestamp / 1000);
    const row: DependenciesRow = {
      ts_bucket: new Date(dayOf(ms)),
      ts: new Date(ms),
      dependencies: links.map(({ parent, child, callCount }) => ({
        parent,
        child,
        call_count: BigInt(callCount),
        source: SOURCE,
      })),
    };
    return this.calling(() => this.session.write(INSERT_DEPENDENCIES, [row]));
  }

  private async *rowsBetween(from: number, to: number): AsyncGenerator<DependenciesRow> {
    const first = dayOf(from);
    const last = dayOf(to);
    if (last - first > MOST_DAYS * DAY_MS) {
      yield* this.session.rows(SELECT_ALL_DEPENDENCIES, {});
      return;
    }
    const bounds = { ts_min: new Date(from), ts_max: new Date(to) };
    for (let day = first; day <= last; day += DAY_MS) {
      yield* this.session.rows(SELECT_DEPENDENCIES, { ts_bucket: new Date(day), ...bounds });
    }
  }
}

function dayOf(ms: number): number {
  return DAY_MS * Math.floor(ms / DAY_MS);
}

/** Within what a `Date` holds. */
function msTime(ms: number): number {
  return Math.min(Math.max(ms, -8.64e15), 8.64e15);
}
