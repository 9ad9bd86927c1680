import { parentsOf } from './parents.ts';
import { endTime, type TraceSpan } from './trace-span.ts';

/** One line of the waterfall. */
export interface WaterfallRow {
  /** Position of the span in the array that was given. */
  readonly index: number;
  /** 0 for a root. */
  readonly depth: number;
  /** Position of the parent in `rows`, or -1 for a root. */
  readonly parentRow: number;
  readonly childCount: number;
  /** Children, their children and so on: they are the rows that follow this one. */
  readonly descendantCount: number;
  /** A root that names a parent which is missing from the trace, or is in a circle of parents. */
  readonly isOrphan: boolean;
}

export interface Waterfall {
  /**
   * Each span once: a parent before its children, brothers and sisters in order of start, roots too; but spans that name
   * the same missing parent stand together, where the first of them would.
   */
  readonly rows: readonly WaterfallRow[];
  /** Of the earliest span, in microseconds since 1970; 0 for a trace without spans. */
  readonly startTime: number;
  /** Of the span that ends last. */
  readonly endTime: number;
}

/** Lays spans of one trace out as rows, in O(n log n), whatever their references say and however deep they go. */
export function waterfall(spans: readonly TraceSpan[]): Waterfall {
  const rows = rowsOf(spans);
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    start = Math.min(start, span.startTime);
    end = Math.max(end, endTime(span));
  }
  return spans.length === 0
    ? { rows, startTime: 0, endTime: 0 }
    : { rows, startTime: start, endTime: end };
}

function rowsOf(spans: readonly TraceSpan[]): WaterfallRow[] {
  const { byStart, parent, orphan } = parentsOf(spans);
  const firstChild = new Int32Array(spans.length).fill(-1);
  const nextSibling = new Int32Array(spans.length).fill(-1);
  const childCount = new Uint32Array(spans.length);
  const roots: number[] = [];
  // Backwards, because each child is put in front of those already there.
  for (const i of byStart.toReversed()) {
    const above = parent[i] as number;
    if (above === -1) {
      roots.push(i);
      continue;
    }
    nextSibling[i] = firstChild[above] as number;
    firstChild[above] = i;
    childCount[above] = (childCount[above] as number) + 1;
  }

  const rows: { -readonly [K in keyof WaterfallRow]: WaterfallRow[K] }[] = [];
  const rowOf = new Int32Array(spans.length);
  // An own stack: a trace may be deeper than the call stack. `roots` runs from the last to the first.
  const waiting = orphansTogether(roots, spans, orphan);
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const above = parent[i] as number;
    const parentRow = above === -1 ? -1 : (rowOf[above] as number);
    rowOf[i] = rows.length;
    rows.push({
      index: i,
      depth: parentRow === -1 ? 0 : (rows[parentRow]?.depth ?? 0) + 1,
      parentRow,
      childCount: childCount[i] as number,
      descendantCount: 0,
      isOrphan: orphan[i] === 1,
    });
    const next = nextSibling[i] as number;
    if (next !== -1) waiting.push(next);
    const child = firstChild[i] as number;
    if (child !== -1) waiting.push(child);
  }
  for (const row of rows.toReversed()) {
    const above = rows[row.parentRow];
    if (above) above.descendantCount += row.descendantCount + 1;
  }
  return rows;
}

function orphansTogether(
  roots: readonly number[],
  spans: readonly TraceSpan[],
  orphan: Uint8Array,
): number[] {
  const together = new Map<number | string | undefined, number[]>();
  for (const i of roots.toReversed()) {
    const key = orphan[i] === 1 ? spans[i]?.parentId : i;
    const others = together.get(key);
    if (others) others.push(i);
    else together.set(key, [i]);
  }
  return [...together.values()].flat().reverse();
}
