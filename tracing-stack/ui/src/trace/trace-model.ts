import {
  type ProcessJson,
  type SpanJson,
  summary,
  type TraceJson,
  type TraceSpan,
  type TraceSummary,
  traceSpans,
  type Waterfall,
  type WaterfallRow,
  waterfall,
} from '@spoor/analysis';
import { serviceColors } from '../palette/service-color.ts';
import { linesOf } from './ghosts.ts';

/**
 * A trace as columns, one entry a row of the waterfall: a parent stands before its children, and the descendants of a
 * row are the rows right below it. Drawing a row reads a few numbers; nothing is made per span while scrolling.
 * Behind the rows of the spans, from `rowCount` on, each column has an entry for each ghost: a span that others name as
 * their parent, and that has not arrived. Its row is drawn above the first of these.
 */
export interface TraceModel {
  readonly traceId: string;
  /** As the server sent it. */
  readonly json: TraceJson;
  readonly warnings: readonly string[];
  readonly summary: TraceSummary;
  /** Microseconds since 1970, the zero of `start`. */
  readonly startTime: number;
  /** Microseconds from the first start to the last end. */
  readonly duration: number;
  /** Of spans. */
  readonly rowCount: number;
  /** Of each ghost the first row below it, upwards. */
  readonly ghosts: readonly number[];
  /** Of the tree, ghosts included. */
  readonly levelCount: number;
  /** Microseconds after `startTime`. */
  readonly start: Float64Array;
  /** Microseconds, never negative: see `isNegative`. */
  readonly length: Float64Array;
  readonly depth: Uint32Array;
  /** -1 for a root. */
  readonly parentRow: Int32Array;
  readonly childCount: Uint32Array;
  /** 1 for the first of those that have the same parent. */
  readonly placeAmongSiblings: Uint32Array;
  readonly rootCount: number;
  readonly descendantCount: Uint32Array;
  /** Colour number of the row's service. */
  readonly color: Uint8Array;
  readonly flags: Uint8Array;
  /** What the server sent, for the row's details. */
  readonly span: (row: number) => SpanJson;
  readonly serviceName: (row: number) => string;
  readonly process: (row: number) => ProcessJson | undefined;
  /** The first row that shows the span; `undefined` if the span is not in the trace. */
  readonly rowOfSpan: (spanId: string) => number | undefined;
  readonly colorOfService: (name: string) => number | undefined;
}

const ERROR = 1;
const ORPHAN = 2;
const NEGATIVE = 4;

export const hasError = (model: TraceModel, row: number) => hasFlag(model, row, ERROR);
export const isOrphan = (model: TraceModel, row: number) => hasFlag(model, row, ORPHAN);
/** The span's clock ran backwards between its start and its finish. */
export const isNegative = (model: TraceModel, row: number) => hasFlag(model, row, NEGATIVE);

const SKEW = /timestamps were adjusted by |not applying calculated delta /;

/** Whether any span's clock was found to disagree with its caller's, by the query service's warnings. */
export const hasSkew = ({ json }: TraceModel) =>
  json.spans.some(({ warnings }) => warnings?.some((warning) => SKEW.test(warning)));

function hasFlag(model: TraceModel, row: number, flag: number): boolean {
  return ((model.flags[row] ?? 0) & flag) !== 0;
}

/** Whether the row is that of a span which has not arrived. */
export const isGhost = ({ rowCount }: Pick<TraceModel, 'rowCount'>, row: number) => row >= rowCount;

/** The row of a ghost, or -1. */
export function rowOfGhost({ rowCount, ghosts, span }: TraceModel, spanId: string): number {
  const ghost = ghosts.findIndex((_, i) => span(rowCount + i).spanID === spanId);
  return ghost === -1 ? -1 : rowCount + ghost;
}

/** Lays a trace out. */
export function traceModel(trace: TraceJson): TraceModel {
  const arrived = traceSpans(trace);
  const laidOut = waterfall(arrived);
  const { rows, startTime, endTime } = laidOut;
  const summed = summary(arrived, laidOut);
  const colors = serviceColors(summed.services.map(({ name }) => name));
  // Few traces are asked for it.
  let byId: ReadonlyMap<string, number> | undefined;
  const rowOfSpan = (spanId: string) => {
    byId ??= rowsById(arrived, laidOut);
    return byId.get(spanId);
  };
  const isKnown = (spanId: string) => rowOfSpan(spanId) !== undefined;
  const { lines, spans, json, ghosts } = linesOf(trace, arrived, rows, isKnown);
  const spanOfRow = (row: number) => json[lines[row]?.index ?? -1] as SpanJson;
  return {
    traceId: trace.traceID,
    json: trace,
    warnings: trace.warnings ?? [],
    summary: summed,
    startTime,
    duration: endTime - startTime,
    rowCount: rows.length,
    ghosts,
    ...columnsOf(lines, spans, startTime, colors),
    ...siblings(lines, rows.length, ghosts),
    span: spanOfRow,
    process: (row) => trace.processes[spanOfRow(row).processID],
    serviceName: (row) => trace.processes[spanOfRow(row).processID]?.serviceName ?? '',
    rowOfSpan,
    colorOfService: (name) => colors.get(name),
  };
}

/** In one pass: a pass for each column took 100 ms more of 50,000 spans, as all of it runs once and is never optimised. */
function columnsOf(
  lines: readonly WaterfallRow[],
  spans: readonly TraceSpan[],
  startTime: number,
  colors: ReadonlyMap<string, number>,
) {
  const count = lines.length;
  const start = new Float64Array(count);
  const length = new Float64Array(count);
  const depth = new Uint32Array(count);
  const parentRow = new Int32Array(count);
  const childCount = new Uint32Array(count);
  const descendantCount = new Uint32Array(count);
  const color = new Uint8Array(count);
  const flags = new Uint8Array(count);
  let levelCount = 1;
  for (let row = 0; row < count; row++) {
    const line = lines[row] as WaterfallRow;
    const span = spans[line.index] as TraceSpan;
    start[row] = span.startTime - startTime;
    length[row] = Math.max(0, span.duration);
    depth[row] = line.depth;
    levelCount = Math.max(levelCount, line.depth + 1);
    parentRow[row] = line.parentRow;
    childCount[row] = line.childCount;
    descendantCount[row] = line.descendantCount;
    color[row] = colors.get(span.serviceName) ?? 0;
    flags[row] = flagsOf(span, line.isOrphan);
  }
  return {
    ...{ start, length, depth, levelCount, parentRow },
    ...{ childCount, descendantCount, color, flags },
  };
}

function flagsOf(span: TraceSpan, orphan: boolean): number {
  return (span.hasError ? ERROR : 0) | (orphan ? ORPHAN : 0) | (span.duration < 0 ? NEGATIVE : 0);
}

function siblings(lines: readonly WaterfallRow[], rowCount: number, ghosts: readonly number[]) {
  const seen = new Uint32Array(lines.length);
  const placeAmongSiblings = new Uint32Array(lines.length);
  let rootCount = 0;
  let ghost = 0;
  for (let row = 0; row < rowCount; row++) {
    if (ghosts[ghost] === row) placeAmongSiblings[rowCount + ghost++] = ++rootCount;
    const parent = lines[row]?.parentRow ?? -1;
    if (parent !== -1) seen[parent] = (seen[parent] ?? 0) + 1;
    placeAmongSiblings[row] = parent === -1 ? ++rootCount : (seen[parent] as number);
  }
  return { placeAmongSiblings, rootCount };
}

function rowsById(spans: readonly TraceSpan[], { rows }: Waterfall): ReadonlyMap<string, number> {
  const rowOfId = new Map<string, number>();
  for (const [row, { index }] of rows.entries()) {
    const { spanId } = spans[index] as TraceSpan;
    if (!rowOfId.has(spanId)) rowOfId.set(spanId, row);
  }
  return rowOfId;
}
