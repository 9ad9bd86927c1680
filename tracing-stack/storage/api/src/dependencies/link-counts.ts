import type { DependencyLink } from '../dependency-store.ts';

/** Adds calls up, by who called whom. */
export class LinkCounts {
  private readonly counts = new Map<string, Map<string, number>>();

  add({ parent, child }: Pick<DependencyLink, 'parent' | 'child'>, callCount = 1): void {
    let children = this.counts.get(parent);
    if (children === undefined) {
      children = new Map();
      this.counts.set(parent, children);
    }
    const sum = (children.get(child) ?? 0) + callCount;
    children.set(child, Math.min(sum, Number.MAX_SAFE_INTEGER));
  }

  /** By parent, then by child. */
  all(): DependencyLink[] {
    return sortedByName(this.counts).flatMap(([parent, children]) =>
      sortedByName(children).map(([child, callCount]) => ({ parent, child, callCount })),
    );
  }
}

function sortedByName<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
