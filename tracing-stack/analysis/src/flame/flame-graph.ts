import type { TraceSpan } from '../tree/trace-span.ts';
import type { WaterfallRow } from '../tree/waterfall.ts';

/** All spans that have the same way of services and operations down from a root. */
export interface FlameNode {
  readonly serviceName: string;
  readonly operationName: string;
  /** 0 for a root. */
  readonly level: number;
  /** Position in the list of nodes, or -1 for a root. */
  readonly parent: number;
  /** Positions in the list of nodes, the widest first. */
  readonly children: readonly number[];
  /** Of the waterfall, in order. */
  readonly rows: readonly number[];
  readonly errorCount: number;
  /** Of its own spans. */
  readonly self: number;
  /** Of its own spans and of all beneath: its width. */
  readonly value: number;
  /** Where it begins, from the left; it ends at `x + value`. */
  readonly x: number;
}

export interface FlameGraph {
  /** A parent stands before its children. */
  readonly nodes: readonly FlameNode[];
  /** Of all roots: the width of the whole. */
  readonly total: number;
  /** Number of levels. */
  readonly depth: number;
}

/**
 * Merges the spans of a trace by their way down from a root. A node is as wide as its own spans and all beneath it were
 * at work themselves, so that children always fit below their parent, even those that ran side by side or on after it.
 * @param selfTimes of the rows, in microseconds. If all are 0, each span counts 1.
 */
export function flameGraph(
  spans: readonly TraceSpan[],
  rows: readonly WaterfallRow[],
  selfTimes: ArrayLike<number>,
): FlameGraph {
  const hasTimes = Array.prototype.some.call(selfTimes, (time: number) => time > 0);
  const nodes: Writable[] = [];
  const known = new Map<string, number>();
  const nodeOfRow = new Int32Array(rows.length);
  for (const [row, { index, parentRow }] of rows.entries()) {
    const { serviceName, operationName, hasError } = spans[index] as TraceSpan;
    const parent = parentRow === -1 ? -1 : (nodeOfRow[parentRow] as number);
    const key = JSON.stringify([parent, serviceName, operationName]);
    let at = known.get(key);
    if (at === undefined) {
      at = nodes.length;
      known.set(key, at);
      nodes.push(newNode(serviceName, operationName, parent, nodes));
      nodes[parent]?.children.push(at);
    }
    nodeOfRow[row] = at;
    const node = nodes[at] as Writable;
    node.rows.push(row);
    if (hasError) node.errorCount++;
    node.self += hasTimes ? (selfTimes[row] ?? 0) : 1;
  }
  for (const node of nodes.toReversed()) {
    node.value += node.self;
    const above = nodes[node.parent];
    if (above) above.value += node.value;
  }
  return { nodes, total: placed(nodes), depth: 1 + nodes.reduce(deepest, -1) };
}

type Writable = { -readonly [K in keyof FlameNode]: FlameNode[K] } & {
  children: number[];
  rows: number[];
};

const deepest = (depth: number, { level }: FlameNode) => Math.max(depth, level);

function newNode(
  serviceName: string,
  operationName: string,
  parent: number,
  nodes: readonly FlameNode[],
): Writable {
  return {
    serviceName,
    operationName,
    level: (nodes[parent]?.level ?? -1) + 1,
    parent,
    children: [],
    rows: [],
    errorCount: 0,
    self: 0,
    value: 0,
    x: 0,
  };
}

/** Puts the nodes side by side, the widest at the left; answers with the width of all. */
function placed(nodes: readonly Writable[]): number {
  const widestFirst = (a: number, b: number) => (nodes[b]?.value ?? 0) - (nodes[a]?.value ?? 0);
  const place = (siblings: readonly number[], from: number) => {
    let x = from;
    for (const at of siblings) {
      const node = nodes[at] as Writable;
      node.x = x;
      x += node.value;
    }
    return x;
  };
  const roots = [...nodes.keys()].filter((at) => nodes[at]?.parent === -1).sort(widestFirst);
  const total = place(roots, 0);
  for (const node of nodes) {
    node.children.sort(widestFirst);
    place(node.children, node.x);
  }
  return total;
}
