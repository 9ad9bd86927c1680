import {
  type ProcessJson,
  type SpanJson,
  summary,
  type TraceJson,
  type TraceSpan,
  type TraceSummary,
  traceSpans,
  type Waterfall,
  waterfall,
} from '@spoor/analysis';
import { serviceColors } from '../palette/service-color.ts';

/**
 * A trace as columns, one entry a row of the waterfall: a parent stands before its children, and the descendants of a
 * row are the rows right below it. Drawing a row reads a few numbers; nothing is made per span while scrolling.
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
  readonly rowCount: number;
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

/** Lays a trace out. */
export function traceModel(trace: TraceJson): TraceModel {
  const spans = traceSpans(trace);
  const laidOut = waterfall(spans);
  const { rows, startTime, endTime } = laidOut;
  const summed = summary(spans, laidOut);
  const colors = serviceColors(summed.services.map(({ name }) => name));
  const rowOfId = rowsById(spans, laidOut);
  const spanOfRow = (row: number) => trace.spans[rows[row]?.index ?? -1] as SpanJson;
  const traceSpanOfRow = ({ index }: { index: number }) => spans[index] as TraceSpan;
  return {
    traceId: trace.traceID,
    json: trace,
    warnings: trace.warnings ?? [],
    summary: summed,
    startTime,
    duration: endTime - startTime,
    rowCount: rows.length,
    start: Float64Array.from(rows, (row) => traceSpanOfRow(row).startTime - startTime),
    length: Float64Array.from(rows, (row) => Math.max(0, traceSpanOfRow(row).duration)),
    depth: Uint32Array.from(rows, (row) => row.depth),
    parentRow: Int32Array.from(rows, (row) => row.parentRow),
    childCount: Uint32Array.from(rows, (row) => row.childCount),
    ...siblings(laidOut),
    descendantCount: Uint32Array.from(rows, (row) => row.descendantCount),
    color: Uint8Array.from(rows, (row) => colors.get(traceSpanOfRow(row).serviceName) ?? 0),
    flags: Uint8Array.from(rows, (row) => flagsOf(traceSpanOfRow(row), row.isOrphan)),
    span: spanOfRow,
    process: (row) => trace.processes[spanOfRow(row).processID],
    serviceName: (row) => trace.processes[spanOfRow(row).processID]?.serviceName ?? '',
    rowOfSpan: (spanId) => rowOfId.get(spanId),
    colorOfService: (name) => colors.get(name),
  };
}

function flagsOf(span: TraceSpan, orphan: boolean): number {
  return (span.hasError ? ERROR : 0) | (orphan ? ORPHAN : 0) | (span.duration < 0 ? NEGATIVE : 0);
}

function siblings({ rows }: Waterfall) {
  const seen = new Uint32Array(rows.length);
  let rootCount = 0;
  const placeAmongSiblings = Uint32Array.from(rows, ({ parentRow }) => {
    if (parentRow === -1) return ++rootCount;
    seen[parentRow] = (seen[parentRow] ?? 0) + 1;
    return seen[parentRow];
  });
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
