import { type Micros, type TraceId, traceIdFromBytes } from '@spoor/model';
import type { Calling, CallSource, TraceCalls } from '@spoor/storage-api';
import { type CallSpan, callSpan } from '@spoor/storage-api/dependencies';
import type { Session } from '../connection/session.ts';
import { limited } from '../reading/limited.ts';
import type { RowReader } from '../reading/row-reader.ts';
import { jaegerStarts, ownStarts } from '../reading/starts.ts';
import { int64, spanOf, traceIdBlob } from '../rows/span-columns.ts';
import type { OwnTables } from '../schema/own-tables.ts';
import { SELECT_NEWEST_DEPENDENCIES } from '../statements/dependencies.ts';
import { SELECT_CALLS } from '../statements/select-calls.ts';
import { SELECT_SERVICES } from '../statements/select-names.ts';

export interface CallSourceParts {
  readonly session: Session;
  readonly tables: OwnTables;
  readonly rows: RowReader;
  readonly calling: Calling;
  /** Ids of traces that are in memory at once; `MOST_TRACES` unless given. */
  readonly mostTraces?: number;
}

/** Some 20 MB of ids. */
const MOST_TRACES = 200_000;
/** Traces that are read at once. */
const AT_ONCE = 8;

/** Finds the traces of a time by the services' indexes, and reads them whole, each for itself. */
export class CassandraCallSource implements CallSource {
  private readonly parts: CallSourceParts;

  constructor(parts: CallSourceParts) {
    this.parts = parts;
  }

  /**
   * Where the time has more traces than may be remembered, its first half is gone through and then the other: of the
   * traces that begin in the one and go on in the other, their spans tell.
   */
  async *traces(from: Micros, until: Micros): AsyncGenerator<TraceCalls> {
    yield* this.tracesBetween(from, until, from);
  }

  /** Of `from` to `until`, but what has a span at or after `first` and before `from` was given already. */
  private async *tracesBetween(
    from: Micros,
    until: Micros,
    first: Micros,
  ): AsyncGenerator<TraceCalls> {
    const ids = await this.traceIds(from, until);
    if (ids === undefined) {
      const middle = Math.floor((from + until) / 2);
      yield* this.tracesBetween(from, middle, first);
      yield* this.tracesBetween(middle, until, first);
      return;
    }
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const some = ids.slice(at, at + AT_ONCE);
      const read = await limited(some, AT_ONCE, (traceId) => this.trace(traceId));
      for (const [i, traceId] of some.entries()) {
        const spans = read[i] ?? [];
        const isGiven = spans.some(({ startTime }) => startTime >= first && startTime < from);
        if (spans.length > 0 && !isGiven) yield { traceId, spans, isWhole: true };
      }
    }
  }

  trace(traceId: TraceId): Promise<readonly CallSpan[]> {
    const { session, rows, calling } = this.parts;
    return calling(async () => {
      const spans: CallSpan[] = [];
      for await (const row of session.rows(SELECT_CALLS, { trace_id: traceIdBlob(traceId) })) {
        const rest = { operation_name: '', flags: 0, duration: 0n, logs: null };
        const span = rows.readable(() => callSpan(spanOf({ ...row, ...rest })));
        if (span) spans.push(span);
      }
      return spans;
    });
  }

  newest(since: Micros): Promise<Micros | undefined> {
    const { session, calling } = this.parts;
    return calling(async () => {
      let newest = since;
      for await (const { ts } of session.rows(SELECT_NEWEST_DEPENDENCIES, {})) {
        newest = Math.max(newest, 1000 * ts.getTime());
      }
      return newest === since ? undefined : newest;
    });
  }

  /** `undefined` if there are too many, unless the time cannot be cut any more. */
  private traceIds(from: Micros, until: Micros): Promise<TraceId[] | undefined> {
    const { session, tables, calling, mostTraces = MOST_TRACES } = this.parts;
    const window = { start_min: int64(Math.ceil(from)), start_max: int64(Math.ceil(until)) - 1n };
    const most = until - from < 2 ? Number.POSITIVE_INFINITY : mostTraces;
    return calling(async () => {
      const { startIndex } = await tables.there();
      const lists = startIndex ? [ownStarts, jaegerStarts] : [jaegerStarts];
      const ids = new Set<TraceId>();
      for await (const { service_name: serviceName } of session.rows(SELECT_SERVICES, {})) {
        for (const starts of lists) {
          const scope = { serviceName, operationName: undefined };
          for await (const { trace_id } of starts(session, scope, window)) {
            ids.add(traceIdFromBytes(trace_id));
            if (ids.size > most) return undefined;
          }
        }
      }
      return [...ids];
    });
  }
}
