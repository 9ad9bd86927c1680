import { selfTimes, spanRows } from '../time/self-times.ts';
import type { TraceSpan } from '../tree/trace-span.ts';
import { type Waterfall, waterfall } from '../tree/waterfall.ts';

/** `added`: only in the second trace; `removed`: only in the first; the others are in both. */
export type DiffKind = 'same' | 'slower' | 'faster' | 'added' | 'removed';

/** A span of one of two traces, or one that both have. Microseconds. */
export interface DiffRow {
  readonly kind: DiffKind;
  readonly depth: number;
  /** Position in the list of rows, or -1. */
  readonly parentRow: number;
  /** Positions in the arrays of spans that were given; -1 where the trace has no such span. */
  readonly a: number;
  readonly b: number;
  /** From the first to the second; NaN where only one has the span. */
  readonly durationChange: number;
  readonly selfTimeChange: number;
}

/** Slower or faster is a span by at least this part of the longer of its two durations… */
const LEAST_OF_SPAN = 0.1;
/** …and of the longer trace: what nobody waits for is no news. */
const LEAST_OF_TRACE = 0.01;

/**
 * Lays two traces over each other: spans are the same if they have the same way of services and operations down from a
 * root; of several with the same way, the first to start in one is the first in the other. A parent stands before its
 * children, brothers and sisters in order of start after the start of their trace.
 */
export function diffTraces(a: readonly TraceSpan[], b: readonly TraceSpan[]): DiffRow[] {
  const first = side(a);
  const second = side(b);
  const longer = Math.max(first.duration, second.duration);
  const rows: DiffRow[] = [];
  // An own stack: a trace may be deeper than the call stack. Pairs of rows, the next to be laid out last.
  const waiting = matched(first, second, -1, -1, -1).reverse();
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const parentRow = pair.parentRow;
    const at = rows.length;
    rows.push({
      ...compared(first, second, pair, longer),
      depth: (rows[parentRow]?.depth ?? -1) + 1,
      parentRow,
      a: first.index(pair.a),
      b: second.index(pair.b),
    });
    waiting.push(...matched(first, second, pair.a, pair.b, at).reverse());
  }
  return rows;
}

interface Side {
  readonly duration: number;
  /** All by row of the waterfall. */
  readonly children: (row: number) => readonly number[];
  readonly index: (row: number) => number;
  readonly span: (row: number) => TraceSpan;
  readonly start: (row: number) => number;
  readonly selfTime: (row: number) => number;
}

function side(spans: readonly TraceSpan[]): Side {
  const { rows, startTime, endTime }: Waterfall = waterfall(spans);
  const self = selfTimes(spanRows(spans, rows));
  const children = new Map<number, number[]>();
  for (const [row, { parentRow }] of rows.entries()) {
    const beside = children.get(parentRow);
    if (beside) beside.push(row);
    else children.set(parentRow, [row]);
  }
  const span = (row: number) => spans[rows[row]?.index ?? -1] as TraceSpan;
  return {
    duration: endTime - startTime,
    children: (row) => children.get(row) ?? [],
    index: (row) => rows[row]?.index ?? -1,
    span,
    start: (row) => span(row).startTime - startTime,
    selfTime: (row) => self[row] as number,
  };
}

/** Rows of the two waterfalls, -1 for none, and the row of the difference that they hang below. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly parentRow: number;
}

const NO_ROW = -1;
/** A parent that is missing on one side has no children there; the roots hang below -1 on both. */
const NO_PARENT = -2;

function matched(first: Side, second: Side, a: number, b: number, parentRow: number): Pair[] {
  const isRoot = parentRow === -1;
  const above = (row: number) => (row === NO_ROW && !isRoot ? NO_PARENT : row);
  const left = new Map<string, number[]>();
  const pairs: Pair[] = [];
  for (const row of second.children(above(b))) {
    const key = nameOf(second.span(row));
    const beside = left.get(key);
    if (beside) beside.push(row);
    else left.set(key, [row]);
  }
  for (const row of first.children(above(a)))
    pairs.push({ a: row, b: left.get(nameOf(first.span(row)))?.shift() ?? NO_ROW, parentRow });
  for (const rows of left.values())
    for (const row of rows) pairs.push({ a: NO_ROW, b: row, parentRow });
  const startOf = (pair: Pair) => (pair.a === NO_ROW ? second.start(pair.b) : first.start(pair.a));
  return pairs.sort((one, other) => startOf(one) - startOf(other));
}

const nameOf = ({ serviceName, operationName }: TraceSpan) =>
  JSON.stringify([serviceName, operationName]);

function compared(
  first: Side,
  second: Side,
  { a, b }: Pair,
  longer: number,
): Pick<DiffRow, 'kind' | 'durationChange' | 'selfTimeChange'> {
  if (a === NO_ROW || b === NO_ROW)
    return {
      kind: a === NO_ROW ? 'added' : 'removed',
      durationChange: Number.NaN,
      selfTimeChange: Number.NaN,
    };
  const before = Math.max(0, first.span(a).duration);
  const after = Math.max(0, second.span(b).duration);
  const durationChange = after - before;
  const least = Math.max(LEAST_OF_SPAN * Math.max(before, after), LEAST_OF_TRACE * longer);
  const isChanged = durationChange !== 0 && Math.abs(durationChange) >= least;
  return {
    kind: isChanged ? (durationChange > 0 ? 'slower' : 'faster') : 'same',
    durationChange,
    selfTimeChange: second.selfTime(b) - first.selfTime(a),
  };
}
