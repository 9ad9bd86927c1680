import {
  endTime,
  type SpanJson,
  type TraceJson,
  type TraceSpan,
  type WaterfallRow,
} from '@spoor/analysis';

/** The lines of a waterfall: the rows of the spans, and behind them one for each ghost. */
export interface Lines {
  readonly lines: readonly WaterfallRow[];
  /** What the `index` of a line leads to. */
  readonly spans: readonly TraceSpan[];
  readonly json: readonly SpanJson[];
  /** Of each ghost the first row below it, upwards. */
  readonly ghosts: readonly number[];
}

/** Puts a line above the spans that name a parent which has not arrived: it begins with the first and ends with the last of them. */
export function linesOf(
  trace: TraceJson,
  spans: readonly TraceSpan[],
  rows: readonly WaterfallRow[],
  isKnown: (spanId: string) => boolean,
): Lines {
  const childrenOf = new Map<string, number[]>();
  for (const [row, { index, isOrphan }] of rows.entries()) {
    const parentId = isOrphan ? (spans[index]?.parentId ?? '') : '';
    if (parentId === '' || isKnown(parentId)) continue;
    const others = childrenOf.get(parentId);
    if (others) others.push(row);
    else childrenOf.set(parentId, [row]);
  }
  if (childrenOf.size === 0) return { lines: rows, spans, json: trace.spans, ghosts: [] };
  const lines = rows.map((row) => ({ ...row }));
  const all = [...spans];
  const json = [...trace.spans];
  for (const [spanId, children] of childrenOf) {
    const line = lines.length;
    let descendantCount = 0;
    for (const child of children) {
      const count = 1 + (rows[child]?.descendantCount ?? 0);
      for (const below of lines.slice(child, child + count)) below.depth++;
      Object.assign(lines[child] as WaterfallRow, { parentRow: line });
      descendantCount += count;
    }
    const childSpans = children.map((child) => spans[rows[child]?.index ?? -1] as TraceSpan);
    const startTime = Math.min(...childSpans.map((span) => span.startTime));
    const duration = Math.max(...childSpans.map(endTime)) - startTime;
    lines.push({
      index: all.length,
      depth: 0,
      parentRow: -1,
      childCount: children.length,
      descendantCount,
      isOrphan: false,
    });
    all.push({ spanId, startTime, duration, serviceName: '', operationName: '', hasError: false });
    json.push({
      traceID: trace.traceID,
      spanID: spanId,
      operationName: '',
      startTime,
      duration,
      processID: '',
    });
  }
  return { lines, spans: all, json, ghosts: [...childrenOf.values()].map(([first]) => first ?? 0) };
}
