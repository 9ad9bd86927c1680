import { endTime, type TraceSpan } from '../tree/trace-span.ts';
import type { WaterfallRow } from '../tree/waterfall.ts';
import type { SpanRows } from './span-rows.ts';

/**
 * How long each row's span was at work itself, in microseconds: its duration less the time in which a child of it was
 * under way. Children that overlap count once, and no child counts beyond the ends of its parent.
 */
export function selfTimes({ rowCount, parentRow, start, length }: SpanRows): Float64Array {
  const startOf = (row: number) => start[row] as number;
  const endOf = (row: number) => startOf(row) + (length[row] as number);
  const self = Float64Array.from(length);
  /** Of a parent, up to when its children so far have taken its time. */
  const taken = Float64Array.from(start);
  for (let row = 0; row < rowCount; row++) {
    const parent = parentRow[row] as number;
    if (parent === -1) continue;
    const from = Math.max(startOf(row), taken[parent] as number);
    const to = Math.min(endOf(row), endOf(parent));
    if (to <= from) continue;
    self[parent] = (self[parent] as number) - (to - from);
    taken[parent] = to;
  }
  return self;
}

/** The rows of a waterfall as columns; times since 1970. */
export function spanRows(spans: readonly TraceSpan[], rows: readonly WaterfallRow[]): SpanRows {
  const spanOf = ({ index }: WaterfallRow) => spans[index] as TraceSpan;
  return {
    rowCount: rows.length,
    parentRow: Int32Array.from(rows, (row) => row.parentRow),
    start: Float64Array.from(rows, (row) => spanOf(row).startTime),
    length: Float64Array.from(rows, (row) => endTime(spanOf(row)) - spanOf(row).startTime),
  };
}
