import type { TraceSpan } from './trace-span.ts';

/** The forest of a trace, by positions in its array of spans. */
export interface Parents {
  /** Positions in order of start; spans that start together keep the order of the array. */
  readonly byStart: Uint32Array;
  /** Of each span the position of its parent, or -1. Free of circles. */
  readonly parent: Int32Array;
  /** 1 where a span names a parent that does not stand above it: it is missing, or the chain of parents is a circle. */
  readonly orphan: Uint8Array;
}

/**
 * Finds each span's parent. Where several spans have one id (a Zipkin client and server sharing a span, a resent
 * span), children belong to the one that starts first. Of a circle the span that starts first becomes a root.
 */
export function parentsOf(spans: readonly TraceSpan[]): Parents {
  const byStart = startOrder(spans);
  const parent = new Int32Array(spans.length).fill(-1);
  const orphan = new Uint8Array(spans.length);
  const firstWithId = new Map<string, number>();
  for (const i of byStart) {
    const { spanId } = spans[i] as TraceSpan;
    if (!firstWithId.has(spanId)) firstWithId.set(spanId, i);
  }
  for (const [i, { parentId }] of spans.entries()) {
    if (isNone(parentId)) continue;
    const above = firstWithId.get(parentId);
    if (above === undefined || above === i) orphan[i] = 1;
    else parent[i] = above;
  }
  cutCircles(byStart, parent, orphan);
  return { byStart, parent, orphan };
}

function startOrder(spans: readonly TraceSpan[]): Uint32Array {
  const starts = Float64Array.from(spans, (span) => span.startTime);
  const at = (i: number) => starts[i] as number;
  return Uint32Array.from(spans.keys()).sort((a, b) => at(a) - at(b) || a - b);
}

function isNone(id: string | undefined): id is undefined {
  return id === undefined || /^0*$/.test(id);
}

/** Walks up from each span once; meeting one's own track again is a circle. */
function cutCircles(byStart: Uint32Array, parent: Int32Array, orphan: Uint8Array): void {
  const rank = new Uint32Array(byStart.length);
  for (const [r, i] of byStart.entries()) rank[i] = r;
  const rankOf = (i: number) => rank[i] as number;
  const walkOf = new Uint32Array(byStart.length);
  let walk = 0;
  for (const start of byStart) {
    walk++;
    let i = start;
    while (i !== -1 && walkOf[i] === 0) {
      walkOf[i] = walk;
      i = parent[i] as number;
    }
    if (i === -1 || walkOf[i] !== walk) continue;
    let first = i;
    for (let j = parent[i] as number; j !== i; j = parent[j] as number)
      if (rankOf(j) < rankOf(first)) first = j;
    parent[first] = -1;
    orphan[first] = 1;
  }
}
