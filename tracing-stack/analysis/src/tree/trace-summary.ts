import type { TraceSpan } from './trace-span.ts';
import { type Waterfall, type WaterfallRow, waterfall } from './waterfall.ts';

export interface ServiceSummary {
  readonly name: string;
  readonly spanCount: number;
  readonly errorCount: number;
  /** 0, 1, 2, … in the order in which the services first appear in the waterfall: equal traces get equal colours. */
  readonly colorIndex: number;
}

/** What a list of traces and a trace's header say. Times in microseconds. */
export interface TraceSummary {
  readonly spanCount: number;
  /** The trace's first span: its first root with no missing parent, else its first row. Absent if there are no spans. */
  readonly root?: TraceSpan;
  /** In the order of `colorIndex`. */
  readonly services: readonly ServiceSummary[];
  /** Number of levels: 1 if every span is a root. */
  readonly depth: number;
  readonly errorCount: number;
  readonly orphanCount: number;
  readonly startTime: number;
  /** From the earliest start to the latest end. */
  readonly duration: number;
}

/** Sums a trace up. Give the waterfall if it is there already. */
export function summary(
  spans: readonly TraceSpan[],
  { rows, startTime, endTime }: Waterfall = waterfall(spans),
): TraceSummary {
  const services = new Map<string, { -readonly [K in keyof ServiceSummary]: ServiceSummary[K] }>();
  let depth = 0;
  let errorCount = 0;
  let orphanCount = 0;
  for (const row of rows) {
    const { serviceName, hasError } = spans[row.index] as TraceSpan;
    let service = services.get(serviceName);
    if (!service) {
      service = { name: serviceName, spanCount: 0, errorCount: 0, colorIndex: services.size };
      services.set(serviceName, service);
    }
    service.spanCount++;
    if (hasError) {
      service.errorCount++;
      errorCount++;
    }
    if (row.isOrphan) orphanCount++;
    depth = Math.max(depth, row.depth + 1);
  }
  const root = spans[rootRow(rows)?.index ?? -1];
  return {
    spanCount: spans.length,
    ...(root && { root }),
    services: [...services.values()],
    depth,
    errorCount,
    orphanCount,
    startTime,
    duration: endTime - startTime,
  };
}

function rootRow(rows: readonly WaterfallRow[]): WaterfallRow | undefined {
  return rows.find((row) => row.depth === 0 && !row.isOrphan) ?? rows[0];
}
