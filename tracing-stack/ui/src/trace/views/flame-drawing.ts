import type { FlameGraph, FlameNode } from '@spoor/analysis';
import type { Window } from '../../grid/window.ts';

/** Where a node is drawn, as parts of the width. */
export interface Place {
  readonly left: number;
  readonly width: number;
  /** It stands above the node that is zoomed to, and takes the whole width. */
  readonly isAbove: boolean;
}

/** @param zoomed position of the node that takes the whole width; -1 for the whole graph */
export function placeOf({ nodes, total }: FlameGraph, zoomed: number, at: number): Place {
  const node = nodes[at] as FlameNode;
  const { x: from, value: whole, level } = nodes[zoomed] ?? { x: 0, value: total, level: 0 };
  const isAbove = zoomed !== -1 && node.level < level;
  if (isAbove) return { left: 0, width: 1, isAbove };
  const part = (value: number) => (whole > 0 ? value / whole : 0);
  return { left: part(node.x - from), width: part(node.value), isAbove };
}

/**
 * The positions of the nodes that are drawn, from the top down: on the levels of the window, at least as wide as
 * `least` parts of the width, and of the way that is zoomed to.
 */
export function drawnNodes(
  graph: FlameGraph,
  zoomed: number,
  levels: Window,
  least: number,
): number[] {
  const { nodes, total } = graph;
  const way = wayTo(nodes, zoomed);
  const target = nodes[zoomed];
  const from = target?.x ?? 0;
  const whole = target?.value ?? total;
  return [...nodes.keys()].filter((at) => {
    const { level, x, value } = nodes[at] as FlameNode;
    if (level < levels.first || level >= levels.end) return false;
    if (target && level <= target.level) return way.has(at);
    return x >= from && x + value <= from + whole && value >= least * whole && value > 0;
  });
}

function wayTo(nodes: readonly FlameNode[], to: number): ReadonlySet<number> {
  const way = new Set<number>();
  for (let at = to; at !== -1; at = nodes[at]?.parent ?? -1) way.add(at);
  return way;
}

/** Where a key of the arrows leads: up to the parent, down to the widest child, or beside it. `undefined`: nowhere. */
export function flameMove({ nodes }: FlameGraph, at: number, key: string): number | undefined {
  const node = nodes[at];
  if (!node) return undefined;
  if (key === 'ArrowUp') return node.parent === -1 ? undefined : node.parent;
  if (key === 'ArrowDown') return node.children[0];
  if (key === 'Home') return 0;
  const siblings =
    nodes[node.parent]?.children ??
    [...nodes.keys()]
      .filter((root) => nodes[root]?.parent === -1)
      .sort((a, b) => (nodes[a]?.x ?? 0) - (nodes[b]?.x ?? 0));
  if (key === 'ArrowRight') return siblings[siblings.indexOf(at) + 1];
  if (key === 'ArrowLeft') return siblings[siblings.indexOf(at) - 1];
  return undefined;
}
