import { useSignal } from '@preact/signals';
import type { ServiceNode } from '@spoor/analysis';
import { useCallback } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { text } from '../i18n/text.ts';
import { serviceColor } from '../palette/service-color.ts';
import { ErrorMark } from '../shell/icons.tsx';
import { type CallFigures, callKey } from './dependencies-client.ts';
import { graphHref } from './graph-address.ts';
import { GraphSheet, textMeasure } from './graph-sheet.tsx';
import type { GraphProps } from './graph-view.tsx';
import { graphText } from './i18n/graph-text.ts';
import { type Direction, layoutOf } from './layout.ts';

/** CSS pixels; graph.css has the same. */
const NODE_HEIGHT = 52;
const NODE_PADDING = 40;
const NARROWEST_NODE = 156;
const WIDEST_NODE = 280;
/** Of a call's label: how often, and below it how long that took and how much of it failed, which come later. */
const LABEL_HEIGHT = 36;
const LABEL_WIDTH = 92;
const DIGIT_WIDTH = 8;

/** Boxes and arrows: callers stand before those they call. A click focuses on a service, a drag moves the drawing. */
export function GraphDrawing(props: GraphProps) {
  const { graph } = props;
  const words = graphText();
  const { number } = text();
  const pointed = useSignal<string | undefined>(undefined);
  const layoutFor = useCallback(
    (direction: Direction) => {
      const widthOf = textMeasure();
      return layoutOf(
        graph,
        direction,
        ({ name }) => ({
          width: Math.min(WIDEST_NODE, Math.max(NARROWEST_NODE, widthOf(name) + NODE_PADDING)),
          height: NODE_HEIGHT,
        }),
        ({ callCount }) => ({
          width: Math.max(LABEL_WIDTH, number(callCount).length * DIGIT_WIDTH + 14),
          height: LABEL_HEIGHT,
        }),
      );
    },
    [graph, number],
  );
  return (
    <GraphSheet
      label={words.graph}
      words={words}
      layoutFor={layoutFor}
      countOf={({ callCount }) => callCount}
      labelOf={(edge) => (
        <EdgeLabel count={edge.callCount} figures={props.figures?.ofCall.get(callKey(edge))} />
      )}
      hasFailed={(edge) => (props.figures?.ofCall.get(callKey(edge))?.errors ?? 0) > 0}
      active={pointed.value}
    >
      {(node, box) => (
        <Node
          key={node.name}
          {...props}
          node={node}
          box={box}
          onPoint={(isPointed) => {
            pointed.value = isPointed ? node.name : undefined;
          }}
        />
      )}
    </GraphSheet>
  );
}

function EdgeLabel(props: { readonly count: number; readonly figures: CallFigures | undefined }) {
  const { count, figures } = props;
  const isKnown = figures && !Number.isNaN(figures.latency);
  return (
    <>
      {text().number(count)} {isKnown && <Errors {...figures} />}
      {isKnown && (
        <span class="edge-latency">
          {graphText().latencyShort(formatDuration(figures.latency, 2))}
        </span>
      )}
    </>
  );
}

function Node(
  props: GraphProps & {
    readonly node: ServiceNode;
    readonly box: { x: number; y: number; width: number; height: number };
    readonly onPoint: (isPointed: boolean) => void;
  },
) {
  const { address, node, box, figures, colors, onPoint } = props;
  const words = graphText();
  const isFocus = address.focus === node.name;
  return (
    <a
      class="service-node"
      href={graphHref({ ...address, focus: isFocus ? undefined : node.name })}
      aria-current={isFocus ? 'true' : undefined}
      title={node.ownCalls > 0 ? words.ownCalls(node.ownCalls) : node.name}
      style={{
        left: `${box.x - box.width / 2}px`,
        top: `${box.y - box.height / 2}px`,
        width: `${box.width}px`,
        '--service': serviceColor(colors.get(node.name)),
      }}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <span class="node-name">{node.name || text().search.noName}</span>
      <NodeFigures figures={figures?.ofService.get(node.name)} />
    </a>
  );
}

function NodeFigures({ figures }: { readonly figures: CallFigures | undefined }) {
  const words = graphText();
  if (!figures || Number.isNaN(figures.latency)) return null;
  return (
    <span class="node-figures">
      {words.latencyShort(formatDuration(figures.latency, 2))}
      <Errors {...figures} />
    </span>
  );
}

function Errors({ errors }: CallFigures) {
  const words = graphText();
  if (!(errors > 0)) return null;
  return (
    <span class="errors" title={words.errors}>
      <ErrorMark />
      <span class="visually-hidden">{words.errors} </span>
      {words.percent(errors)}
    </span>
  );
}
