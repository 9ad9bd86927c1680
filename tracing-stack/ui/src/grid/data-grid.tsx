import { type Signal, useComputed, useSignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useClientSize } from './client-size.ts';
import './data-grid.css';
import { nextSort, type Sort, type SortKey, sortedRows } from './sorted-rows.ts';
import { scrollTopFor, windowOf } from './window.ts';

/** CSS pixels; data-grid.css has the same. */
const HEAD_HEIGHT = 32;
/** What the page usually shows above a grid. */
const USUALLY_ABOVE = 320;

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Width, as a track of a CSS grid. */
  readonly track: string;
  /** Stands at the right, and is sorted from the highest at first. */
  readonly isNumber?: boolean;
  /** Absent: the column cannot be sorted by. */
  readonly key?: SortKey;
  readonly cell: (row: number) => ComponentChild;
}

/**
 * A table that can be sorted by its columns, of any number of rows: only those that are seen are in the document. It
 * has the focus as a whole; arrow keys move a cursor over its rows.
 */
export function DataGrid(props: {
  readonly label: string;
  readonly columns: readonly Column[];
  /** Numbers that the columns know, in the order in which they stand unsorted. */
  readonly rows: ArrayLike<number>;
  readonly sort: Signal<Sort>;
  /** Which row has the cursor. */
  readonly cursor: Signal<number>;
  /** CSS pixels. */
  readonly rowHeight: number;
  /** CSS pixels; where there is less room, the grid scrolls sideways. */
  readonly minWidth: number;
  readonly opened?: number | undefined;
  /** Absent: rows cannot be opened. */
  readonly onOpen?: (row: number) => void;
}) {
  const { columns, cursor, sort, rowHeight, onOpen } = props;
  const grid = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const { height } = useClientSize(grid, USUALLY_ABOVE);
  const { column, isDescending } = sort.value;
  const key = columns.find(({ id }) => id === column)?.key;
  const rows = useMemo(
    () => sortedRows(props.rows, key, isDescending),
    [props.rows, key, isDescending],
  );
  const position = Math.max(0, rows.indexOf(cursor.value));
  const count = useSignal(rows.length);
  count.value = rows.length;
  const window = useComputed(() =>
    windowOf(scrollTop.value, Math.max(0, height.value - HEAD_HEIGHT), rowHeight, count.value),
  );
  // As numbers, so that scrolling within a row draws nothing anew.
  const first = useComputed(() => window.value.first).value;
  const end = useComputed(() => window.value.end).value;

  useEffect(() => {
    const element = grid.current as HTMLDivElement;
    const room = element.clientHeight - HEAD_HEIGHT;
    const top = scrollTopFor(position, element.scrollTop, room, rowHeight);
    if (top !== element.scrollTop) element.scrollTop = top;
    // Not where it comes to lie in another order: who sorts wants to see the first rows.
  }, [cursor.value, rowHeight]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((height.value - HEAD_HEIGHT) / rowHeight) - 1);
    const to = {
      ArrowDown: position + 1,
      ArrowUp: position - 1,
      PageDown: position + page,
      PageUp: position - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    const row = rows[position];
    if (to !== undefined) {
      cursor.value = rows[Math.max(0, Math.min(to, rows.length - 1))] ?? cursor.value;
    } else if ((event.key === 'Enter' || event.key === ' ') && onOpen && row !== undefined) {
      onOpen(row);
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (row === undefined || target.closest('a, button, input')) return;
    cursor.value = Number(row);
    onOpen?.(Number(row));
  };
  const style = {
    '--tracks': columns.map(({ track }) => track).join(' '),
    '--min-width': `${props.minWidth}px`,
    '--row-height': `${rowHeight}px`,
  };
  const isCursorDrawn = position >= first && position < end && rows.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: only some of its rows are in the document
    <div
      class={onOpen ? 'grid opens' : 'grid'}
      ref={grid}
      role="grid"
      tabIndex={0}
      data-rows
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={isCursorDrawn ? gridRowId(rows[position] as number) : undefined}
      style={style}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid */}
      <div class="grid-head" role="rowgroup">
        {/* biome-ignore lint/a11y/useSemanticElements: part of the grid */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid itself has the focus */}
        <div class="grid-row" role="row" aria-rowindex={1}>
          {columns.map((each) => (
            <Head key={each.id} column={each} sort={sort} />
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid */}
      <div class="grid-rows" role="rowgroup" style={{ height: `${rows.length * rowHeight}px` }}>
        <div role="presentation" style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {rows.slice(first, end).map((row, i) => (
            // biome-ignore lint/a11y: part of the grid, which has the focus itself
            <div
              key={row}
              id={gridRowId(row)}
              class={`grid-row ${row === rows[position] ? 'cursor' : ''} ${row === props.opened ? 'opened' : ''}`}
              role="row"
              data-row={row}
              aria-rowindex={first + i + 2}
              aria-selected={onOpen ? row === props.opened : undefined}
            >
              {columns.map(({ id, isNumber, cell }) => (
                // biome-ignore lint/a11y: part of the grid
                <span key={id} class={isNumber ? 'grid-cell number' : 'grid-cell'} role="gridcell">
                  {cell(row)}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const gridRowId = (row: number) => `grid-row-${row}`;

function Head({ column, sort }: { readonly column: Column; readonly sort: Signal<Sort> }) {
  const { id, title, isNumber = false, key } = column;
  const { column: sorted, isDescending } = sort.value;
  const direction = isDescending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y: part of the grid
    <span
      class={isNumber ? 'grid-cell number' : 'grid-cell'}
      role="columnheader"
      aria-sort={id === sorted ? direction : undefined}
    >
      {key ? (
        <button
          type="button"
          onClick={() => {
            sort.value = nextSort(sort.value, id, isNumber);
          }}
        >
          {title}
        </button>
      ) : (
        title
      )}
    </span>
  );
}
