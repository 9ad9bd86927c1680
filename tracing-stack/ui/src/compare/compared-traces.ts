import {
  type DiffKind,
  type DiffRow,
  diffTraces,
  type SpanJson,
  selfTimes,
  spanRows,
  summary,
  type TraceJson,
  type TraceSpan,
  type TraceSummary,
  traceSpans,
  waterfall,
} from '@spoor/analysis';

/** One of the two traces, with what is told of its spans. Spans are known by their positions. */
export interface ComparedSide {
  readonly json: TraceJson;
  readonly summary: TraceSummary;
  readonly spans: readonly TraceSpan[];
  /** Microseconds after the start of the trace. */
  readonly start: (at: number) => number;
  /** Microseconds, never negative. */
  readonly length: (at: number) => number;
  readonly selfTime: (at: number) => number;
  readonly span: (at: number) => SpanJson | undefined;
}

export interface ComparedTraces {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly rows: readonly DiffRow[];
  readonly counts: Readonly<Record<DiffKind, number>>;
}

export function comparedTraces(a: TraceJson, b: TraceJson): ComparedTraces {
  const first = comparedSide(a);
  const second = comparedSide(b);
  const rows = diffTraces(first.spans, second.spans);
  const counts = { slower: 0, faster: 0, added: 0, removed: 0, same: 0 };
  for (const { kind } of rows) counts[kind]++;
  return { a: first, b: second, rows, counts };
}

function comparedSide(json: TraceJson): ComparedSide {
  const spans = traceSpans(json);
  const laidOut = waterfall(spans);
  const summed = summary(spans, laidOut);
  const self = new Float64Array(spans.length);
  const byRow = selfTimes(spanRows(spans, laidOut.rows));
  for (const [row, { index }] of laidOut.rows.entries()) self[index] = byRow[row] as number;
  return {
    json,
    summary: summed,
    spans,
    start: (at) => (spans[at]?.startTime ?? 0) - summed.startTime,
    length: (at) => Math.max(0, spans[at]?.duration ?? 0),
    selfTime: (at) => self[at] ?? 0,
    span: (at) => json.spans[at],
  };
}
