import type { SpanRows } from '../time/span-rows.ts';

/** A time in which nothing but the work of one span kept the trace from its end. Microseconds, as the rows have them. */
export interface CriticalSegment {
  readonly from: number;
  readonly to: number;
}

/**
 * What a trace waited for, by row: walks back from the end of the root. Whichever child ended last before the point in
 * time was waited for until then; from its start on the walk goes back in its parent. The segments of all rows come to
 * the duration of the root, without overlap. Of a child only what lies within its parent counts.
 * @param isAwaited whether a span's parent waits for it: one that follows from it does not keep it
 */
export function criticalPath(
  rows: SpanRows,
  root: number,
  isAwaited: (row: number) => boolean = () => true,
): ReadonlyMap<number, readonly CriticalSegment[]> {
  const startOf = (row: number) => rows.start[row] as number;
  const endOf = (row: number) => startOf(row) + (rows.length[row] as number);
  const children = childrenOf(rows, isAwaited);
  const path = new Map<number, CriticalSegment[]>();
  const add = (row: number, from: number, to: number) => {
    if (to <= from) return;
    const segments = path.get(row);
    if (segments) segments.push({ from, to });
    else path.set(row, [{ from, to }]);
  };
  const enter = (row: number, from: number, until: number): Visit => ({
    row,
    from: Math.max(from, startOf(row)),
    until: Math.min(until, endOf(row)),
    // The last to end comes last: it is taken first.
    waiting: (children.get(row) ?? []).sort((a, b) => endOf(a) - endOf(b)),
  });
  // An own stack: a trace may be deeper than the call stack.
  const visits = [enter(root, startOf(root), endOf(root))];
  for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
    const child = visit.waiting.pop();
    if (child === undefined) {
      add(visit.row, visit.from, visit.until);
      visits.pop();
      continue;
    }
    const end = Math.min(endOf(child), endOf(visit.row));
    const start = Math.max(startOf(child), visit.from);
    // It ended while a later one was waited for, or lies outside of its parent.
    if (end > visit.until || end <= start) continue;
    add(visit.row, end, visit.until);
    visit.until = start;
    visits.push(enter(child, start, end));
  }
  // They were found from the last to the first.
  for (const segments of path.values()) segments.reverse();
  return path;
}

/** A span on the way back. */
interface Visit {
  readonly row: number;
  readonly from: number;
  /** Up to here the path is known. */
  until: number;
  /** Children that were not looked at yet, by their end. */
  readonly waiting: number[];
}

function childrenOf(
  { rowCount, parentRow }: SpanRows,
  isAwaited: (row: number) => boolean,
): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let row = 0; row < rowCount; row++) {
    const parent = parentRow[row] as number;
    if (parent === -1 || !isAwaited(row)) continue;
    const beside = children.get(parent);
    if (beside) beside.push(row);
    else children.set(parent, [row]);
  }
  return children;
}
