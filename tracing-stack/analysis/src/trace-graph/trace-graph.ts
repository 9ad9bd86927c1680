import type { TraceSpan } from '../tree/trace-span.ts';
import type { WaterfallRow } from '../tree/waterfall.ts';

/** Spans of one group, such as those of one operation. Times in microseconds. */
export interface TraceGraphNode {
  /** Different for each group. */
  readonly name: string;
  /** What the group is called. */
  readonly names: readonly string[];
  readonly count: number;
  readonly errorCount: number;
  /** Of the durations: spans that run side by side count twice. */
  readonly total: number;
  readonly selfTime: number;
  /** How many of the spans stand right below one of the same group. */
  readonly ownCalls: number;
  /** Row of the longest of the spans. */
  readonly longest: number;
}

/** How many spans of one group stand right below one of another. */
export interface TraceGraphEdge {
  readonly parent: string;
  readonly child: string;
  readonly count: number;
}

export interface TraceGraph {
  /** In the order in which the groups first appear in the waterfall. */
  readonly nodes: readonly TraceGraphNode[];
  readonly edges: readonly TraceGraphEdge[];
}

/**
 * A trace as a graph of groups of its spans: however many spans it has, it has no more nodes than groups.
 * @param selfTimes of the rows
 * @param namesOf of a span; equal names make a group
 */
export function traceGraph(
  spans: readonly TraceSpan[],
  rows: readonly WaterfallRow[],
  selfTimes: ArrayLike<number>,
  namesOf: (span: TraceSpan) => readonly string[],
): TraceGraph {
  const nodes = new Map<string, { -readonly [K in keyof TraceGraphNode]: TraceGraphNode[K] }>();
  const edges = new Map<string, { -readonly [K in keyof TraceGraphEdge]: TraceGraphEdge[K] }>();
  const lengths: number[] = [];
  const groups: string[] = [];
  for (const [at, row] of rows.entries()) {
    const span = spans[row.index] as TraceSpan;
    const names = namesOf(span);
    const name = JSON.stringify(names);
    const length = Math.max(0, span.duration);
    groups.push(name);
    lengths.push(length);
    let node = nodes.get(name);
    if (!node) {
      node = {
        name,
        names,
        count: 0,
        errorCount: 0,
        total: 0,
        selfTime: 0,
        ownCalls: 0,
        longest: at,
      };
      nodes.set(name, node);
    }
    node.count++;
    if (span.hasError) node.errorCount++;
    node.total += length;
    node.selfTime += selfTimes[at] as number;
    if (length > (lengths[node.longest] as number)) node.longest = at;
    const parent = groups[row.parentRow];
    if (parent === undefined) continue;
    if (parent === name) {
      node.ownCalls++;
      continue;
    }
    const key = JSON.stringify([parent, name]);
    const edge = edges.get(key);
    if (edge) edge.count++;
    else edges.set(key, { parent, child: name, count: 1 });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
