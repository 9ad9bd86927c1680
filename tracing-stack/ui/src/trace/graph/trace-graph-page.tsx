import { useSignal } from '@preact/signals';
import { type TraceGraph, type TraceGraphNode, traceGraph } from '@spoor/analysis';
import { useCallback, useMemo } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { GraphSheet, textMeasure } from '../../graph/graph-sheet.tsx';
import { type Direction, layoutOf, type Point, type Size } from '../../graph/layout.ts';
import { language } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { ErrorMark } from '../../shell/icons.tsx';
import { Message } from '../../shell/message.tsx';
import { OpenedSpan } from '../opened-span.tsx';
import { hrefOfSpan } from '../trace-address.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { measuredTrace } from '../views/measured-trace.ts';
import { loadTraceGraphTexts, traceGraphText } from './i18n/trace-graph-text.ts';
import './trace-graph.css';

/** More are not laid out: it would take seconds, and nobody could read it. */
const MOST_NODES = 150;
const MOST_EDGES = 600;
/** CSS pixels; trace-graph.css has the same. */
const NODE_HEIGHT = 68;
const NODE_PADDING = 36;
const NARROWEST_NODE = 150;
const WIDEST_NODE = 300;
const LABEL = { width: 36, height: 20 };

/** The graph, once there are words for it. */
export async function loadTraceGraphPage() {
  await loadTraceGraphTexts(language.value);
  return TraceGraphPage;
}

const isReadable = ({ nodes, edges }: TraceGraph) =>
  nodes.length <= MOST_NODES && edges.length <= MOST_EDGES;

type Grouping = 'operation' | 'service';

/** The operations of a trace, or its services, and which called which. */
function TraceGraphPage({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const words = traceGraphText();
  const wanted = useSignal<Grouping>('operation');
  const graphs = useMemo(() => {
    const { spans, rows, selfTimes } = measuredTrace(model);
    return {
      operation: traceGraph(spans, rows, selfTimes, (span) => [
        span.serviceName,
        span.operationName,
      ]),
      service: traceGraph(spans, rows, selfTimes, ({ serviceName }) => [serviceName]),
    };
  }, [model]);
  const isTooMuch = !isReadable(graphs.operation);
  const grouping = isTooMuch ? 'service' : wanted.value;
  const graph = graphs[grouping];
  return (
    <>
      <div class="toolbar">
        <label class="graph-by">
          {words.groupBy}{' '}
          <select
            disabled={isTooMuch}
            onChange={(event) => {
              wanted.value = event.currentTarget.value as Grouping;
            }}
          >
            <option value="operation" selected={grouping === 'operation'}>
              {words.byOperation}
            </option>
            <option value="service" selected={grouping === 'service'}>
              {words.byService}
            </option>
          </select>
        </label>
        <span class="graph-shown">
          {words.shown(graph.nodes.length, model.rowCount)}
          {isTooMuch && ` · ${words.onlyServices(graphs.operation.nodes.length)}`}
        </span>
        <span class="graph-shown">{words.legend}</span>
      </div>
      <div class="trace-body">
        {isReadable(graph) ? (
          <Drawing state={state} graph={graph} />
        ) : (
          <Message title={words.tooManyTitle}>
            <p>{words.tooMany(graph.nodes.length)}</p>
          </Message>
        )}
        <OpenedSpan state={state} />
      </div>
    </>
  );
}

function Drawing({ state, graph }: { readonly state: TraceViewState; readonly graph: TraceGraph }) {
  const words = traceGraphText();
  const { number } = text();
  const pointed = useSignal<string | undefined>(undefined);
  const layoutFor = useCallback(
    (direction: Direction) => {
      const widthOf = textMeasure();
      const width = (node: TraceGraphNode) =>
        Math.max(...node.names.map(widthOf), widthOf(figures(node, words)) * 0.9) + NODE_PADDING;
      return layoutOf(
        graph,
        direction,
        (node) => ({
          width: Math.min(WIDEST_NODE, Math.max(NARROWEST_NODE, width(node))),
          height: NODE_HEIGHT,
        }),
        () => LABEL,
      );
    },
    [graph, words],
  );
  const allSelf = graph.nodes.reduce((sum, { selfTime }) => sum + selfTime, 0);
  return (
    <GraphSheet
      label={words.label}
      words={words}
      layoutFor={layoutFor}
      countOf={({ count }) => count}
      labelOf={({ count }) => number(count)}
      active={pointed.value}
    >
      {(node, box) => (
        <Node
          key={node.name}
          state={state}
          node={node}
          box={box}
          share={allSelf > 0 ? node.selfTime / allSelf : 0}
          onPoint={(isPointed) => {
            pointed.value = isPointed ? node.name : undefined;
          }}
        />
      )}
    </GraphSheet>
  );
}

const figures = (
  { count, total, selfTime }: TraceGraphNode,
  words: ReturnType<typeof traceGraphText>,
) => `${words.spans(count)} · ${words.time(formatDuration(total), formatDuration(selfTime))}`;

/** A group; the link opens the longest of its spans. */
function Node(props: {
  readonly state: TraceViewState;
  readonly node: TraceGraphNode;
  readonly box: Point & Size;
  /** Of all self time: 0 to 1. */
  readonly share: number;
  readonly onPoint: (isPointed: boolean) => void;
}) {
  const { state, node, box, share, onPoint } = props;
  const { model } = state;
  const words = traceGraphText();
  const { noName } = text().search;
  const [service = '', operation] = node.names;
  const opened = state.opened.value;
  const isOpened =
    opened !== undefined &&
    model.serviceName(opened) === service &&
    (operation === undefined || model.span(opened).operationName === operation);
  const hints = [
    ...node.names,
    ...(node.ownCalls > 0 ? [words.ownCalls(node.ownCalls)] : []),
    words.longest,
  ];
  return (
    <a
      class="trace-node"
      href={hrefOfSpan(model.span(node.longest).spanID)}
      aria-current={isOpened ? 'true' : undefined}
      title={hints.join('\n')}
      style={{
        left: `${box.x - box.width / 2}px`,
        top: `${box.y - box.height / 2}px`,
        width: `${box.width}px`,
        '--service': serviceColor(model.colorOfService(service)),
      }}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <span class={operation === undefined ? 'node-operation' : 'node-service'}>
        {service || noName}
      </span>{' '}
      {operation !== undefined && <span class="node-operation">{operation || noName}</span>}{' '}
      <span class="node-figures">
        {figures(node, words)}
        {node.errorCount > 0 && (
          <span class="errors" title={words.errors(node.errorCount)}>
            <ErrorMark />
            <span class="visually-hidden">{words.errors(node.errorCount)}</span>
          </span>
        )}
      </span>
      <i style={{ width: `${100 * share}%` }} />
    </a>
  );
}
