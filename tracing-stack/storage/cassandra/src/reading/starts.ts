import type { Session } from '../connection/session.ts';
import {
  SELECT_BY_OPERATION,
  SELECT_BY_SERVICE,
  SELECT_BY_START,
  type StartRow,
  type StartWindow,
} from '../statements/select-starts.ts';

/** A service, or an operation of it. */
export interface Scope {
  readonly serviceName: string;
  /** `undefined` for any. */
  readonly operationName: string | undefined;
}

/** Of one answer to a statement that cannot be paged: more than the ten that may start at one time. */
const COUNT = 500;

/** The spans of a scope as Jaeger's tables know them, newest first. */
export function jaegerStarts(
  session: Session,
  { serviceName: service_name, operationName: operation_name }: Scope,
  window: StartWindow,
): AsyncGenerator<StartRow> {
  return operation_name === undefined
    ? serviceStarts(session, service_name, window)
    : session.rows(SELECT_BY_OPERATION, { service_name, operation_name, ...window });
}

/** The same out of the table of ours, which has those that arrived while it was there, and none is missing. */
export function ownStarts(
  session: Session,
  { serviceName: service_name, operationName }: Scope,
  window: StartWindow,
): AsyncGenerator<StartRow> {
  return session.rows(SELECT_BY_START, {
    service_name,
    any_operation: operationName === undefined,
    operation_name: operationName ?? '',
    ...window,
  });
}

/** When the newest span of a scope starts within the window. Equal starts are one row, and no less a start. */
export async function newestStart(
  session: Session,
  { serviceName: service_name, operationName: operation_name }: Scope,
  window: StartWindow,
): Promise<bigint | undefined> {
  if (operation_name === undefined) {
    const [row] = await session.all(SELECT_BY_SERVICE, { service_name, ...window, count: 1 });
    return row?.start_time;
  }
  const asked = { service_name, operation_name, ...window };
  const { rows } = await session.page(SELECT_BY_OPERATION, asked, { size: 1 });
  return rows[0]?.start_time;
}

/** Each answer ends within a microsecond, so the next begins with that again; those of it that are known are passed over. */
async function* serviceStarts(
  session: Session,
  service_name: string,
  window: StartWindow,
): AsyncGenerator<StartRow> {
  let start_max = window.start_max;
  let seen = new Set<string>();
  for (;;) {
    const asked = { service_name, start_min: window.start_min, start_max, count: COUNT };
    const rows = await session.all(SELECT_BY_SERVICE, asked);
    for (const row of rows) {
      const trace = row.trace_id.toString('latin1');
      if (row.start_time < start_max) {
        start_max = row.start_time;
        seen = new Set();
      }
      if (seen.has(trace)) continue;
      seen.add(trace);
      yield row;
    }
    if (rows.length < COUNT) return;
  }
}
