import type { TraceModel } from './trace-model.ts';

/** Rows whose descendants are hidden. */
export type Folded = ReadonlySet<number>;

type Tree = Pick<
  TraceModel,
  'rowCount' | 'ghosts' | 'parentRow' | 'childCount' | 'descendantCount'
>;

/** The rows that are left when the descendants of `folded` are hidden, in order. */
export function visibleRows(tree: Tree, folded: Folded): Uint32Array {
  const { rowCount, ghosts } = tree;
  const rows = new Uint32Array(rowCount + ghosts.length);
  let count = 0;
  let ghost = 0;
  for (let row = 0; row < rowCount; row++) {
    if (ghosts[ghost] === row) {
      const line = rowCount + ghost++;
      rows[count++] = line;
      if (folded.has(line)) {
        row += (tree.descendantCount[line] ?? 0) - 1;
        continue;
      }
    }
    rows[count++] = row;
    if (folded.has(row)) row += tree.descendantCount[row] ?? 0;
  }
  return rows.subarray(0, count);
}

/** Where a row stands among `visibleRows`; for a hidden row, where the ancestor stands that hides it. */
export function positionOf(
  tree: Pick<Tree, 'rowCount' | 'ghosts'>,
  rows: Uint32Array,
  row: number,
) {
  // A ghost stands right before the first row below it.
  const placeOf = (each: number) => {
    const first = tree.ghosts[each - tree.rowCount];
    return first === undefined ? each : first - 0.5;
  };
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (placeOf(rows[middle] as number) <= placeOf(row)) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function toggled(folded: Folded, row: number): Folded {
  const next = new Set(folded);
  if (!next.delete(row)) next.add(row);
  return next;
}

/** Leaves the first `levels` levels of the tree to see: 1 leaves the roots alone. */
export function foldedTo(tree: Tree & Pick<TraceModel, 'depth'>, levels: number): Folded {
  const folded = new Set<number>();
  for (let row = 0; row < tree.rowCount + tree.ghosts.length; row++)
    if ((tree.childCount[row] ?? 0) > 0 && (tree.depth[row] ?? 0) >= levels - 1) folded.add(row);
  return folded;
}

/** How many levels are to be seen. */
export function levelsOf(tree: Pick<TraceModel, 'depth'>, rows: Uint32Array): number {
  let deepest = 0;
  for (const row of rows) deepest = Math.max(deepest, tree.depth[row] ?? 0);
  return deepest + 1;
}

/** Unfolds the row and those beside it, which have the same parent. */
export function siblingsUnfolded(tree: Tree, folded: Folded, row: number): Folded {
  const parent = tree.parentRow[row] ?? -1;
  return new Set([...folded].filter((other) => (tree.parentRow[other] ?? -1) !== parent));
}

/** Unfolds what hides a row. */
export function revealed(tree: Tree, folded: Folded, row: number): Folded {
  const next = new Set(folded);
  for (let above = tree.parentRow[row] ?? -1; above !== -1; above = tree.parentRow[above] ?? -1)
    next.delete(above);
  return next.size === folded.size ? folded : next;
}
