import { type Folded, positionOf, siblingsUnfolded, toggled } from './folding.ts';
import type { TraceModel } from './trace-model.ts';

/** What the keyboard acts on: the tree, what is folded and what is left to see, and the row that has the cursor. */
export interface TreeCursor {
  readonly model: TraceModel;
  readonly folded: Folded;
  readonly rows: Uint32Array;
  readonly row: number;
  /** Rows that fit on the screen. */
  readonly pageSize: number;
}

/** What a key does: the cursor goes to another row, or a row is folded or unfolded, or its details open. */
export type TreeAction =
  | { readonly does: 'move'; readonly row: number }
  | { readonly does: 'fold'; readonly folded: Folded }
  | { readonly does: 'open' };

/** The keys of a tree grid, as the ARIA authoring practices have them; letters as in Jaeger's UI, and j and k. `undefined`: the key means nothing here. */
export function treeAction(key: string, cursor: TreeCursor): TreeAction | undefined {
  const { model, folded, rows, row, pageSize } = cursor;
  const position = positionOf(model, rows, row);
  const move = (to: number): TreeAction => ({
    does: 'move',
    row: rows[Math.max(0, Math.min(to, rows.length - 1))] ?? row,
  });
  const hasChildren = (model.childCount[row] ?? 0) > 0;
  const fold = (): TreeAction => ({ does: 'fold', folded: toggled(folded, row) });
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return move(position + 1);
    case 'ArrowUp':
    case 'k':
      return move(position - 1);
    case 'PageDown':
    case 's':
      return move(position + pageSize);
    case 'PageUp':
    case 'w':
      return move(position - pageSize);
    case 'Home':
      return move(0);
    case 'End':
      return move(rows.length - 1);
    case 'ArrowRight':
      if (!hasChildren) return undefined;
      return folded.has(row) ? fold() : move(position + 1);
    case 'ArrowLeft': {
      if (hasChildren && !folded.has(row)) return fold();
      const parent = model.parentRow[row] ?? -1;
      return parent === -1 ? undefined : { does: 'move', row: parent };
    }
    case '*':
      return { does: 'fold', folded: siblingsUnfolded(model, folded, row) };
    case 'Enter':
    case ' ':
      return { does: 'open' };
    default:
      return undefined;
  }
}
