/** What the query API's `/api/dependencies` answers: how often one service called another. */
export interface DependencyJson {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
}

export interface ServiceNode {
  readonly name: string;
  /** How often others called it, and it called others. */
  readonly callsIn: number;
  readonly callsOut: number;
  /** How often it called itself. */
  readonly ownCalls: number;
}

export interface ServiceGraph {
  /** By name. */
  readonly nodes: readonly ServiceNode[];
  /** From one service to another, each pair once; those with the most calls first. */
  readonly edges: readonly DependencyJson[];
}

/**
 * The services and the calls between them. With a `focus`, only that service, who calls it, and whom it calls; the
 * figures of a service are of all its calls in either case. A service that nobody names is left out.
 */
export function serviceGraph(links: readonly DependencyJson[], focus?: string): ServiceGraph {
  const nodes = new Map<string, { -readonly [K in keyof ServiceNode]: ServiceNode[K] }>();
  const nodeOf = (name: string) => {
    const node = nodes.get(name) ?? { name, callsIn: 0, callsOut: 0, ownCalls: 0 };
    nodes.set(name, node);
    return node;
  };
  const edges = new Map<string, DependencyJson>();
  for (const { parent, child, callCount } of links) {
    if (parent === child) {
      nodeOf(parent).ownCalls += callCount;
      continue;
    }
    nodeOf(parent).callsOut += callCount;
    nodeOf(child).callsIn += callCount;
    const key = JSON.stringify([parent, child]);
    const before = edges.get(key)?.callCount ?? 0;
    edges.set(key, { parent, child, callCount: before + callCount });
  }
  const isShown = ({ parent, child }: DependencyJson) =>
    focus === undefined || parent === focus || child === focus;
  const shown = [...edges.values()].filter(isShown);
  const names = new Set(shown.flatMap(({ parent, child }) => [parent, child]).concat(focus ?? []));
  return {
    nodes: [...nodes.values()]
      .filter(({ name }) => focus === undefined || names.has(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    edges: shown.sort((a, b) => b.callCount - a.callCount),
  };
}
