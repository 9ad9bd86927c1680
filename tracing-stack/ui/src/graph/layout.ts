import { Graph, layout } from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Direction = 'right' | 'down';

/** What can be laid out. */
export interface GraphNode {
  /** Different for each. */
  readonly name: string;
}

/** From one node to another, each pair once. */
export interface GraphEdge {
  readonly parent: string;
  readonly child: string;
}

/** Where everything lies, in CSS pixels from the upper left. Boxes and labels are given by their middle. */
export interface Layout<N extends GraphNode, E extends GraphEdge> extends Size {
  readonly direction: Direction;
  readonly nodes: readonly (Point & Size & { readonly node: N })[];
  readonly edges: readonly {
    readonly edge: E;
    readonly label: Point;
    /** From the middle of a side of the one box to that of the other. */
    readonly points: readonly Point[];
  }[];
}

const MARGIN = 16;
const BETWEEN = { nodesep: 28, edgesep: 16, ranksep: 56, marginx: MARGIN, marginy: MARGIN };

/** Lays a graph out in ranks, callers before those they call. */
export function layoutOf<N extends GraphNode, E extends GraphEdge>(
  { nodes, edges }: { readonly nodes: readonly N[]; readonly edges: readonly E[] },
  direction: Direction,
  sizeOf: (node: N) => Size,
  labelSizeOf: (edge: E) => Size,
): Layout<N, E> {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction === 'right' ? 'LR' : 'TB', ...BETWEEN });
  for (const node of nodes) graph.setNode(node.name, { ...sizeOf(node) });
  for (const edge of edges)
    graph.setEdge(edge.parent, edge.child, { ...labelSizeOf(edge), labelpos: 'c' });
  layout(graph);
  const boxOf = (name: string) => graph.node(name) as Point & Size;
  const whole = graph.graph() as Partial<Size>;
  return {
    direction,
    width: whole.width ?? 0,
    height: whole.height ?? 0,
    nodes: nodes.map((node) => {
      const { x, y, width, height } = boxOf(node.name);
      return { node, x, y, width, height };
    }),
    edges: edges.map((edge) => {
      const { x, y, points } = graph.edge(edge.parent, edge.child) as Point & { points: Point[] };
      const bends = points.slice(1, -1);
      const parent = boxOf(edge.parent);
      const child = boxOf(edge.child);
      const start = sideOf(parent, bends[0] ?? child, direction);
      const end = sideOf(child, bends.at(-1) ?? parent, direction);
      return { edge, label: { x, y }, points: [start, ...bends, end] };
    }),
  };
}

/** The middle of the side of a box that looks towards a point, along the direction of the graph. */
function sideOf(box: Point & Size, towards: Point, direction: Direction): Point {
  return direction === 'right'
    ? { x: box.x + (Math.sign(towards.x - box.x) * box.width) / 2, y: box.y }
    : { x: box.x, y: box.y + (Math.sign(towards.y - box.y) * box.height) / 2 };
}

/** An SVG path through the points, which leaves and reaches each along the direction of the graph. */
export function curve(points: readonly Point[], direction: Direction): string {
  return points
    .map((to, i) => {
      const from = points[i - 1];
      if (!from) return `M${round(to.x)} ${round(to.y)}`;
      const middle = { x: round((from.x + to.x) / 2), y: round((from.y + to.y) / 2) };
      const bends =
        direction === 'right'
          ? [`${middle.x} ${round(from.y)}`, `${middle.x} ${round(to.y)}`]
          : [`${round(from.x)} ${middle.y}`, `${round(to.x)} ${middle.y}`];
      return `C${bends.join(' ')} ${round(to.x)} ${round(to.y)}`;
    })
    .join('');
}

const round = (pixels: number) => Math.round(10 * pixels) / 10;
