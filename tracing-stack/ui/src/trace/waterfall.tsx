import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useClientSize } from '../grid/client-size.ts';
import { scrollTopFor, windowOf } from '../grid/window.ts';
import { traceText } from '../i18n/text.ts';
import { keyOf } from '../shell/keys.ts';
import { ColumnSplitter } from './column-splitter.tsx';
import type { CriticalRows } from './critical-rows.ts';
import { type Folded, positionOf, toggled } from './folding.ts';
import { type Tick, timeTicks } from './time-axis.ts';
import type { TraceModel } from './trace-model.ts';
import { treeAction } from './tree-keys.ts';
import { type OtherBar, rowElementId, WaterfallRow } from './waterfall-row.tsx';
import type { Zoom } from './zoom.ts';
import './waterfall.css';

/** CSS pixels; waterfall.css has the same. */
const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 32;
const MOST_TICKS = 6;
/** Room that a tick's label takes, in CSS pixels. */
const TICK_WIDTH = 56;
/** Left and right of the bars; waterfall.css has the same. */
const BARS_PADDING = 86;
/** What the page usually shows above the grid. */
const USUALLY_ABOVE = 320;
/** In pixels, not in parts: opening the details takes from the bars and leaves the names whole. */
const TREE_WIDTH = 420;
/** As a part of the grid; waterfall.css has the same. */
const MOST_TREE = 0.55;

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
  readonly rows: ReadonlySignal<Uint32Array>;
  readonly zoom: Zoom;
  readonly critical: CriticalRows | undefined;
  readonly other: OtherBar | undefined;
  readonly onOpen: (row: number | undefined) => void;
}) {
  const { model, folded, cursor, matches, rows, zoom } = props;
  const { trace } = traceText();
  const grid = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const { width, height } = useClientSize(grid, USUALLY_ABOVE);
  const treeWidth = useSignal(TREE_WIDTH);
  const bodyHeight = () => Math.max(0, height.value - HEAD_HEIGHT);
  const window = useComputed(() =>
    windowOf(scrollTop.value, bodyHeight(), ROW_HEIGHT, rows.value.length),
  );
  // As numbers, so that scrolling within a row draws nothing anew.
  const first = useComputed(() => window.value.first);
  const end = useComputed(() => window.value.end);
  const matching = useComputed(() => new Set(matches.value));
  const cursorRow = cursor.value;

  useEffect(() => {
    const element = grid.current as HTMLDivElement;
    const position = positionOf(model, rows.peek(), cursorRow);
    const top = scrollTopFor(
      position,
      element.scrollTop,
      element.clientHeight - HEAD_HEIGHT,
      ROW_HEIGHT,
    );
    if (top !== element.scrollTop) element.scrollTop = top;
  }, [cursorRow, rows, model]);

  const actOn = (key: string): boolean => {
    const pageSize = Math.max(1, Math.floor(bodyHeight() / ROW_HEIGHT) - 1);
    const action = treeAction(key, {
      model,
      folded: folded.value,
      rows: rows.value,
      row: cursor.value,
      pageSize,
    });
    if (action?.does === 'move') cursor.value = action.row;
    else if (action?.does === 'fold') folded.value = action.folded;
    else if (action?.does === 'open') props.onOpen(cursor.value);
    return action !== undefined;
  };
  useLayoutEffect(() => {
    // Keys that nobody else has are the tree's: on coming to the page nothing else has the focus.
    const onKeyDown = (event: KeyboardEvent) => {
      const element = grid.current as HTMLDivElement;
      const isFree = event.target === document.body || (event.target as Element).id === 'content';
      if (event.target !== element && !isFree) return;
      const key = keyOf(event);
      if (key === undefined || !actOn(key)) return;
      event.preventDefault();
      if (isFree) element.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const row = Number(target.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? Number.NaN);
    if (Number.isNaN(row)) return;
    cursor.value = row;
    if (target.closest('[data-fold]')) folded.value = toggled(folded.value, row);
    else props.onOpen(row);
  };

  const barsWidth = useComputed(
    () => width.value - Math.min(treeWidth.value, MOST_TREE * width.value) - BARS_PADDING,
  );
  const mostTicks = useComputed(() =>
    Math.max(1, Math.min(MOST_TICKS, Math.floor(barsWidth.value / TICK_WIDTH))),
  );
  const ticks = timeTicks(zoom, mostTicks.value);
  const drawn = [...rows.value.subarray(first.value, end.value)];
  const isCursorDrawn = drawn.includes(cursorRow);
  return (
    <div class="waterfall-frame" style={{ '--names': `${treeWidth.value}px` }}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are listened to on the window, see above */}
      <div
        class="waterfall"
        ref={grid}
        role="treegrid"
        tabIndex={0}
        data-rows
        aria-label={trace.tree}
        aria-rowcount={rows.value.length + 1}
        aria-activedescendant={isCursorDrawn ? rowElementId(cursorRow) : undefined}
        onScroll={(event) => {
          scrollTop.value = event.currentTarget.scrollTop;
        }}
        onClick={onClick}
      >
        <TimeAxis ticks={ticks} zoom={zoom} />
        {/* biome-ignore lint/a11y/useSemanticElements: part of the tree grid */}
        <div class="rows" role="rowgroup" style={{ height: `${rows.value.length * ROW_HEIGHT}px` }}>
          <TickLines ticks={ticks} zoom={zoom} />
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
                zoom={zoom}
                critical={props.critical?.get(row)}
                other={props.other}
              />
            ))}
          </div>
        </div>
      </div>
      <ColumnSplitter width={treeWidth} />
    </div>
  );
}

const partOf = (tick: number, { from, to }: Zoom) =>
  `${to > from ? (100 * (tick - from)) / (to - from) : 0}%`;

interface TicksProps {
  readonly ticks: readonly Tick[];
  readonly zoom: Zoom;
}

function TimeAxis({ ticks, zoom }: TicksProps) {
  const { trace } = traceText();
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
            {ticks.map(({ at, label }) => (
              <span key={at} class="tick" style={{ left: partOf(at, zoom) }}>
                {label}
              </span>
            ))}
          </span>
        </span>
      </div>
    </div>
  );
}

function TickLines({ ticks, zoom }: TicksProps) {
  return (
    <div class="tick-lines" role="presentation">
      <div class="lane">
        {ticks.map(({ at }) => (
          <i key={at} style={{ left: partOf(at, zoom) }} />
        ))}
      </div>
    </div>
  );
}
