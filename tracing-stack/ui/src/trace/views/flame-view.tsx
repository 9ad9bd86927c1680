import { useComputed, useSignal } from '@preact/signals';
import { type FlameGraph, type FlameNode, flameGraph } from '@spoor/analysis';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { useClientSize } from '../../grid/client-size.ts';
import { scrollTopFor, windowOf } from '../../grid/window.ts';
import { text, traceText } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { Cross } from '../../shell/action-icons.tsx';
import { ErrorMark } from '../../shell/icons.tsx';
import { OpenedSpan } from '../opened-span.tsx';
import type { TraceModel } from '../trace-model.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { drawnNodes, flameMove, placeOf } from './flame-drawing.ts';
import { viewsText } from './i18n/views-text.ts';
import { measuredTrace } from './measured-trace.ts';
import { ViewFind } from './view-find.tsx';

/** CSS pixels; views.css has the same. */
const LEVEL_HEIGHT = 24;
/** Narrower nodes are left out: they could neither be seen nor hit. */
const NARROWEST = 3;

/** Where the time went: spans with the same way down merged. A click zooms to a node; the details of it stand below. */
export function FlameView({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const { flame: words } = viewsText();
  const graph = useMemo(() => {
    const { spans, rows, selfTimes } = measuredTrace(model);
    return flameGraph(spans, rows, selfTimes);
  }, [model]);
  /** Positions of nodes; -1: the whole trace. */
  const zoomed = useSignal(-1);
  const cursor = useSignal(0);
  const matching = new Set(state.matches.value);
  return (
    <>
      <div class="toolbar">
        <ViewFind state={state} matches={state.matches.value} cursor={state.cursor} />
        {zoomed.value === -1 ? (
          <span class="shown">{words.explained}</span>
        ) : (
          <span class="zoom-chip">
            <span class="zoomed-name">{graph.nodes[zoomed.value]?.operationName}</span>
            <button
              type="button"
              class="icon-button"
              aria-label={words.reset}
              title={`${words.reset} (Esc)`}
              onClick={() => {
                zoomed.value = -1;
              }}
            >
              <Cross />
            </button>
          </span>
        )}
      </div>
      <div class="trace-body">
        <div class="flame-frame">
          <Flame
            model={model}
            graph={graph}
            zoomed={zoomed.value}
            cursor={cursor.value}
            isMatch={
              state.findText.value === ''
                ? undefined
                : ({ rows }) => rows.some((row) => matching.has(row))
            }
            onMove={(to) => {
              cursor.value = to;
            }}
            onZoom={(to) => {
              zoomed.value = to;
              if (to !== -1) cursor.value = to;
            }}
          />
          <NodeDetails state={state} graph={graph} node={graph.nodes[cursor.value]} />
        </div>
        <OpenedSpan state={state} />
      </div>
    </>
  );
}

function Flame(props: {
  readonly model: TraceModel;
  readonly graph: FlameGraph;
  readonly zoomed: number;
  readonly cursor: number;
  /** Absent: nothing is looked for. */
  readonly isMatch: ((node: FlameNode) => boolean) | undefined;
  readonly onMove: (to: number) => void;
  readonly onZoom: (to: number) => void;
}) {
  const { model, graph, zoomed, cursor, isMatch } = props;
  const words = viewsText();
  const { search } = text();
  const frame = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const { width, height } = useClientSize(frame);
  const window = useComputed(() =>
    windowOf(scrollTop.value, height.value, LEVEL_HEIGHT, graph.depth),
  );
  const first = useComputed(() => window.value.first).value;
  const end = useComputed(() => window.value.end).value;
  const level = graph.nodes[cursor]?.level ?? 0;
  useEffect(() => {
    const element = frame.current as HTMLDivElement;
    const top = scrollTopFor(level, element.scrollTop, element.clientHeight, LEVEL_HEIGHT);
    if (top !== element.scrollTop) element.scrollTop = top;
  }, [level]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = flameMove(graph, cursor, event.key);
    if (to !== undefined) props.onMove(to);
    else if (event.key === 'Enter' || event.key === ' ') props.onZoom(cursor);
    else if (event.key === 'Escape' && zoomed !== -1) props.onZoom(-1);
    else return;
    event.preventDefault();
  };
  const least = width.value > 0 ? NARROWEST / width.value : 0;
  const drawn = drawnNodes(graph, zoomed, { first, end }, least);
  return (
    <div
      class="flame"
      ref={frame}
      role="tree"
      tabIndex={0}
      data-rows
      aria-label={words.flame.label}
      aria-activedescendant={drawn.includes(cursor) ? flameId(cursor) : undefined}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: `${graph.depth * LEVEL_HEIGHT}px` }}>
        {drawn.map((at) => {
          const node = graph.nodes[at] as FlameNode;
          const { left, width: part, isAbove } = placeOf(graph, zoomed, at);
          const name = `${node.serviceName || search.noName} ${node.operationName || search.noName}`;
          const state = `${isAbove ? 'above' : ''} ${at === cursor ? 'cursor' : ''} ${isMatch && !isMatch(node) ? 'faint' : ''}`;
          const label = words.flame.node(
            name,
            node.rows.length,
            formatDuration(node.value),
            formatDuration(node.self),
            words.percent(graph.total > 0 ? node.value / graph.total : 0),
          );
          return (
            // biome-ignore lint/a11y: part of the tree, which has the focus itself
            <div
              key={at}
              id={flameId(at)}
              class={`flame-node ${state}`}
              role="treeitem"
              aria-level={node.level + 1}
              aria-label={label}
              aria-selected={at === zoomed}
              aria-expanded={node.children.length > 0 ? true : undefined}
              title={label}
              style={{
                top: `${node.level * LEVEL_HEIGHT}px`,
                left: `${100 * left}%`,
                width: `${100 * part}%`,
                '--service': serviceColor(model.colorOfService(node.serviceName)),
              }}
              onClick={() => props.onZoom(at)}
              onPointerEnter={() => props.onMove(at)}
            >
              {node.errorCount > 0 && <ErrorMark />}
              {node.operationName || search.noName}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const flameId = (at: number) => `flame-${at}`;

/** What the node under the pointer or the cursor is. */
function NodeDetails(props: {
  readonly state: TraceViewState;
  readonly graph: FlameGraph;
  readonly node: FlameNode | undefined;
}) {
  const { state, graph, node } = props;
  const { model } = state;
  const words = viewsText();
  const { trace } = traceText();
  const { search, number } = text();
  if (!node) return null;
  const longest = node.rows.reduce((best, row) =>
    (model.length[row] ?? 0) > (model.length[best] ?? 0) ? row : best,
  );
  return (
    <div class="flame-details">
      <p>
        <i
          class="swatch"
          style={{ background: serviceColor(model.colorOfService(node.serviceName)) }}
        />
        <span class="service-name">{node.serviceName || search.noName}</span>{' '}
        <span>{node.operationName || search.noName}</span>
      </p>
      <dl class="facts">
        <div>
          <dt>{trace.spanCount}</dt>
          <dd>{number(node.rows.length)}</dd>
        </div>
        <div>
          <dt>{words.flame.time}</dt>
          <dd>
            {formatDuration(node.value)}{' '}
            <span class="muted">
              {words.percent(graph.total > 0 ? node.value / graph.total : 0)}
            </span>
          </dd>
        </div>
        <div>
          <dt title={words.selfHint}>{words.self}</dt>
          <dd>{formatDuration(node.self)}</dd>
        </div>
        {node.errorCount > 0 && (
          <div>
            <dt>{words.flame.errors}</dt>
            <dd class="errors">{number(node.errorCount)}</dd>
          </div>
        )}
      </dl>
      <button type="button" class="button" onClick={() => state.open(longest)}>
        {words.flame.longest}
      </button>
    </div>
  );
}
