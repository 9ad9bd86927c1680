import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useClientSize } from '../grid/client-size.ts';
import { Minus, Plus } from '../shell/action-icons.tsx';
import {
  curve,
  type Direction,
  type GraphEdge,
  type GraphNode,
  type Layout,
  type Point,
  type Size,
} from './layout.ts';
import './graph-sheet.css';

/** Below, names can no longer be read: then the drawing scrolls instead. */
const LEAST_FIT = 0.85;
const ZOOM = { least: 0.4, most: 1.6, step: 1.25 };
/** Of the frame: what is narrower is drawn from the top down. */
const NARROW = 640;

/** A graph that was laid out: boxes and arrows, which can be zoomed and moved by dragging. */
export function GraphSheet<N extends GraphNode, E extends GraphEdge>(props: {
  readonly label: string;
  readonly words: { readonly zoomIn: string; readonly zoomOut: string; readonly fit: string };
  /** Asked again when it is another function, or for the other direction. */
  readonly layoutFor: (direction: Direction) => Layout<N, E>;
  readonly countOf: (edge: E) => number;
  readonly labelOf: (edge: E) => ComponentChildren;
  /** Whether the edge stands for something that failed; absent: none does. */
  readonly hasFailed?: (edge: E) => boolean;
  /** Name of the node whose edges are to stand out. */
  readonly active: string | undefined;
  readonly children: (node: N, box: Point & Size) => ComponentChildren;
}) {
  const { words, layoutFor } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useClientSize(frame);
  const isNarrow = useComputed(() => width.value < NARROW).value;
  /** `undefined`: as much as fits. */
  const chosen = useSignal<number | undefined>(undefined);
  const layout = useMemo(() => layoutFor(isNarrow ? 'down' : 'right'), [layoutFor, isNarrow]);
  const fitting = Math.min(1, width.value / layout.width, height.value / layout.height);
  const scale = chosen.value ?? Math.max(LEAST_FIT, fitting);
  useLayoutEffect(() => {
    const begin = beginningOf(layout);
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    if (begin)
      frame.current?.scrollTo(
        begin.x * scale - clientWidth / 2,
        begin.y * scale - clientHeight / 2,
      );
    // Who zooms or moves it afterwards looks at something else.
  }, [layout]);
  const zoom = (factor: number) => {
    chosen.value = Math.min(ZOOM.most, Math.max(ZOOM.least, scale * factor));
  };
  return (
    <section class="graph-frame" aria-label={props.label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by the keyboard */}
      <div class="graph-scroll" ref={frame} tabIndex={0} {...drag}>
        <div
          class="graph-sheet"
          style={{
            width: `${layout.width * scale}px`,
            height: `${layout.height * scale}px`,
          }}
        >
          <div
            class="graph-scaled"
            style={{
              width: `${layout.width}px`,
              height: `${layout.height}px`,
              transform: `scale(${scale})`,
            }}
          >
            <Edges {...props} layout={layout} />
            {layout.nodes.map(({ node, ...box }) => props.children(node, box))}
          </div>
        </div>
      </div>
      <p class="graph-zoom">
        <button
          type="button"
          class="icon-button"
          aria-label={words.zoomOut}
          title={words.zoomOut}
          onClick={() => zoom(1 / ZOOM.step)}
        >
          <Minus />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={words.zoomIn}
          title={words.zoomIn}
          onClick={() => zoom(ZOOM.step)}
        >
          <Plus />
        </button>
        {chosen.value !== undefined && (
          <button
            type="button"
            class="button"
            onClick={() => {
              chosen.value = undefined;
            }}
          >
            {words.fit}
          </button>
        )}
      </p>
    </section>
  );
}

/** The box that the drawing begins with: it may be larger than its frame, and is to be read from there. */
function beginningOf<N extends GraphNode, E extends GraphEdge>(
  layout: Layout<N, E>,
): Point | undefined {
  const along = ({ x, y }: Point) => (layout.direction === 'right' ? x + y / 1e6 : y + x / 1e6);
  return layout.nodes.reduce<Point | undefined>(
    (first, each) => (first && along(first) <= along(each) ? first : each),
    undefined,
  );
}

/** Moves what is scrolled with the pointer. */
const drag = {
  onPointerDown(event: PointerEvent) {
    const isOnNode = (event.target as Element).closest('a') !== null;
    // A finger scrolls by itself.
    if (event.button !== 0 || event.pointerType === 'touch' || isOnNode) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  },
  onPointerMove(event: PointerEvent) {
    const frame = event.currentTarget as Element;
    if (frame.hasPointerCapture(event.pointerId))
      frame.scrollBy(-event.movementX, -event.movementY);
  },
};

/** How wide a name is drawn, in CSS pixels. */
export function textMeasure(): (name: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (name) => name.length * 8;
  context.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
  return (name) => context.measureText(name).width;
}

/** Arrows, thicker the more there is to count; what is counted is text of the page. */
function Edges<N extends GraphNode, E extends GraphEdge>(props: {
  readonly layout: Layout<N, E>;
  readonly countOf: (edge: E) => number;
  readonly labelOf: (edge: E) => ComponentChildren;
  readonly hasFailed?: (edge: E) => boolean;
  readonly active: string | undefined;
}) {
  const { layout, active, countOf, labelOf, hasFailed = () => false } = props;
  const most = Math.max(1, ...layout.edges.map(({ edge }) => countOf(edge)));
  const state = ({ parent, child }: E) => {
    if (active === undefined) return '';
    return parent === active || child === active ? 'active' : 'faint';
  };
  const arrowOf = (edge: E) => {
    if (hasFailed(edge)) return 'arrow-failed';
    return state(edge) === 'active' ? 'arrow-active' : 'arrow';
  };
  return (
    <>
      <svg class="edges" width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          <Arrow id="arrow" />
          <Arrow id="arrow-active" />
          <Arrow id="arrow-failed" />
        </defs>
        {layout.edges.map(({ edge, points }) => (
          <path
            key={`${edge.parent} ${edge.child}`}
            class={`${state(edge)} ${hasFailed(edge) ? 'failed' : ''}`}
            d={curve(points, layout.direction)}
            stroke-width={1.25 + (2.25 * Math.log1p(countOf(edge))) / Math.log1p(most)}
            marker-end={`url(#${arrowOf(edge)})`}
          />
        ))}
      </svg>
      {layout.edges.map(({ edge, label }) => (
        <span
          key={`${edge.parent} ${edge.child}`}
          class={`edge-label ${state(edge)}`}
          style={{ left: `${label.x}px`, top: `${label.y}px` }}
        >
          {labelOf(edge)}
        </span>
      ))}
    </>
  );
}

const Arrow = ({ id }: { readonly id: string }) => (
  <marker
    id={id}
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="9"
    markerHeight="9"
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path d="M0 0 8 4 0 8z" />
  </marker>
);
