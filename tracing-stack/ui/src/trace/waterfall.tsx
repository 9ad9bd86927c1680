import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { text } from '../i18n/text.ts';
import { ColumnSplitter } from './column-splitter.tsx';
import { type Folded, positionOf, toggled, visibleRows } from './folding.ts';
import { timeTicks } from './time-axis.ts';
import type { TraceModel } from './trace-model.ts';
import { treeAction } from './tree-keys.ts';
import { rowElementId, WaterfallRow } from './waterfall-row.tsx';
import { scrollTopFor, windowOf } from './window.ts';
import './waterfall.css';

/** CSS pixels; waterfall.css has the same. */
const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 32;
const MOST_TICKS = 6;
/** In pixels, not in parts: opening the details takes from the bars and leaves the names whole. */
const TREE_WIDTH = 420;

/**
 * The spans as a tree grid over a time axis. Only the rows that are seen are in the document, so focus stays on the
 * grid and the cursor is told by `aria-activedescendant`.
 */
export function Waterfall(props: {
  readonly model: TraceModel;
  readonly folded: Signal<Folded>;
  readonly cursor: Signal<number>;
  readonly opened: number | undefined;
  readonly matches: ReadonlySignal<readonly number[]>;
  readonly onOpen: (row: number | undefined) => void;
}) {
  const { model, folded, cursor, matches } = props;
  const { trace } = text();
  const grid = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const height = useSignal(0);
  const treeWidth = useSignal(TREE_WIDTH);
  const rows = useComputed(() => visibleRows(model, folded.value));
  const bodyHeight = () => Math.max(0, height.value - HEAD_HEIGHT);
  const window = useComputed(() =>
    windowOf(scrollTop.value, bodyHeight(), ROW_HEIGHT, rows.value.length),
  );
  // As numbers, so that scrolling within a row draws nothing anew.
  const first = useComputed(() => window.value.first);
  const end = useComputed(() => window.value.end);
  const matching = useComputed(() => new Set(matches.value));
  const cursorRow = cursor.value;

  useLayoutEffect(() => {
    const element = grid.current as HTMLDivElement;
    const measure = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    measure.observe(element);
    height.value = element.clientHeight;
    return () => measure.disconnect();
  }, [height]);

  useEffect(() => {
    const element = grid.current as HTMLDivElement;
    const position = positionOf(rows.peek(), cursorRow);
    const top = scrollTopFor(
      position,
      element.scrollTop,
      element.clientHeight - HEAD_HEIGHT,
      ROW_HEIGHT,
    );
    if (top !== element.scrollTop) element.scrollTop = top;
  }, [cursorRow, rows]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== grid.current) return;
    const pageSize = Math.max(1, Math.floor(bodyHeight() / ROW_HEIGHT) - 1);
    const action = treeAction(event.key, {
      model,
      folded: folded.value,
      rows: rows.value,
      row: cursor.value,
      pageSize,
    });
    if (!action) return;
    event.preventDefault();
    if (action.does === 'move') cursor.value = action.row;
    else if (action.does === 'fold') folded.value = action.folded;
    else props.onOpen(action.does === 'open' ? cursor.value : undefined);
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const row = Number(target.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? Number.NaN);
    if (Number.isNaN(row)) return;
    cursor.value = row;
    if (target.closest('[data-fold]')) folded.value = toggled(folded.value, row);
    else props.onOpen(row);
  };

  const drawn = [...rows.value.subarray(first.value, end.value)];
  const isCursorDrawn = drawn.includes(cursorRow);
  return (
    <div class="waterfall-frame" style={{ '--names': `${treeWidth.value}px` }}>
      <div
        class="waterfall"
        ref={grid}
        role="treegrid"
        tabIndex={0}
        aria-label={trace.tree}
        aria-rowcount={rows.value.length + 1}
        aria-activedescendant={isCursorDrawn ? rowElementId(cursorRow) : undefined}
        onScroll={(event) => {
          scrollTop.value = event.currentTarget.scrollTop;
        }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TimeAxis duration={model.duration} />
        {/* biome-ignore lint/a11y/useSemanticElements: part of the tree grid */}
        <div class="rows" role="rowgroup" style={{ height: `${rows.value.length * ROW_HEIGHT}px` }}>
          <TickLines duration={model.duration} />
          <div
            class="drawn"
            role="presentation"
            style={{ transform: `translateY(${first.value * ROW_HEIGHT}px)` }}
          >
            {drawn.map((row, i) => (
              <WaterfallRow
                key={row}
                model={model}
                row={row}
                position={first.value + i}
                isFolded={folded.value.has(row)}
                isCursor={row === cursorRow}
                isOpened={row === props.opened}
                isMatch={matching.value.has(row)}
              />
            ))}
          </div>
        </div>
      </div>
      <ColumnSplitter width={treeWidth} />
    </div>
  );
}

const partOf = (tick: number, duration: number) => `${duration > 0 ? (100 * tick) / duration : 0}%`;

function TimeAxis({ duration }: { readonly duration: number }) {
  const { trace } = text();
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the tree grid
    <div class="axis" role="rowgroup">
      {/* biome-ignore lint/a11y/useSemanticElements: part of the tree grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid itself has the focus */}
      <div class="axis-row" role="row" aria-rowindex={1}>
        {/* biome-ignore lint/a11y: part of the tree grid */}
        <span role="columnheader" class="cell">
          {trace.operationColumn}
        </span>
        {/* biome-ignore lint/a11y: part of the tree grid */}
        <span role="columnheader" class="time" aria-label={trace.timeColumn}>
          <span class="lane">
            {timeTicks(duration, MOST_TICKS).map((tick) => (
              <span key={tick} class="tick" style={{ left: partOf(tick, duration) }}>
                {tick === 0 ? '0' : formatDuration(tick)}
              </span>
            ))}
          </span>
        </span>
      </div>
    </div>
  );
}

function TickLines({ duration }: { readonly duration: number }) {
  return (
    <div class="tick-lines" role="presentation">
      <div class="lane">
        {timeTicks(duration, MOST_TICKS).map((tick) => (
          <i key={tick} style={{ left: partOf(tick, duration) }} />
        ))}
      </div>
    </div>
  );
}
