import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { traceText } from '../i18n/text.ts';
import { sliderMove } from '../shell/slider-keys.ts';
import { theme } from '../shell/theme.ts';
import { drawMinimap } from './minimap-drawing.ts';
import './minimap.css';
import type { TraceModel } from './trace-model.ts';
import { isWhole, panned, type Zoom, zoomBetween } from './zoom.ts';

/** A drag shorter than this, in CSS pixels, is a click. */
const SHORTEST_DRAG = 4;
/** What an arrow key moves a handle by, as a part of what is shown. */
const STEP = 1 / 20;

interface Drag {
  /** The end that stays, in microseconds. */
  readonly anchor: number;
  readonly at: number;
  /** Where the pointer went down, in CSS pixels. */
  readonly downX: number;
  readonly isHandle: boolean;
  readonly isMoved: boolean;
}

/**
 * The whole trace, small, and what part of it is shown. Dragging zooms, a click moves what is shown there, a double
 * click or Escape shows the whole again; each end has a handle, for the pointer and for the arrow keys.
 */
export function Minimap(props: {
  readonly model: TraceModel;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom | undefined) => void;
}) {
  const { model, zoom, onZoom } = props;
  const { duration } = model;
  const { trace } = traceText();
  const drag = useSignal<Drag | undefined>(undefined);
  const selecting = drag.value?.isMoved && !drag.value.isHandle ? drag.value : undefined;

  const timeAt = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return (Math.min(1, Math.max(0, (event.clientX - left) / width)) || 0) * duration;
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || duration === 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const end = (event.target as HTMLElement).dataset['end'];
    const at = timeAt(event);
    const anchor = end === undefined ? at : end === 'from' ? zoom.to : zoom.from;
    drag.value = { anchor, at, downX: event.clientX, isHandle: end !== undefined, isMoved: false };
    // Not on a handle: the pointer gives it the focus.
    if (end === undefined) event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = drag.value;
    if (!before) return;
    const isMoved = before.isMoved || Math.abs(event.clientX - before.downX) >= SHORTEST_DRAG;
    drag.value = { ...before, at: timeAt(event), isMoved };
    if (before.isHandle && isMoved) onZoom(zoomBetween(before.anchor, timeAt(event), duration));
  };
  const onPointerUp = () => {
    const done = drag.value;
    drag.value = undefined;
    if (!done || done.isHandle) return;
    if (done.isMoved) onZoom(zoomBetween(done.anchor, done.at, duration));
    else if (!isWhole(zoom, duration)) {
      const middle = (zoom.from + zoom.to) / 2;
      onZoom(panned(zoom, (done.at - middle) / (zoom.to - zoom.from), duration));
    }
  };
  const percent = (micros: number) => (duration > 0 ? (100 * micros) / duration : 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set of a form
    <div
      class={isWhole(zoom, duration) ? 'minimap' : 'minimap zoomed'}
      role="group"
      aria-label={trace.minimap}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.value = undefined;
      }}
      onDblClick={() => onZoom(undefined)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        drag.value = undefined;
        onZoom(undefined);
      }}
    >
      <Drawing model={model} />
      <i class="shade" style={{ left: 0, width: `${percent(zoom.from)}%` }} />
      <i class="shade" style={{ right: 0, width: `${100 - percent(zoom.to)}%` }} />
      {selecting && (
        <i
          class="selecting"
          style={{
            left: `${percent(Math.min(selecting.anchor, selecting.at))}%`,
            width: `${percent(Math.abs(selecting.at - selecting.anchor))}%`,
          }}
        />
      )}
      <Handle end="from" zoom={zoom} duration={duration} onZoom={onZoom} />
      <Handle end="to" zoom={zoom} duration={duration} onZoom={onZoom} />
    </div>
  );
}

function Handle(props: {
  readonly end: 'from' | 'to';
  readonly zoom: Zoom;
  readonly duration: number;
  readonly onZoom: (zoom: Zoom) => void;
}) {
  const { end, zoom, duration } = props;
  const { trace } = traceText();
  const [least, most] = end === 'from' ? [0, zoom.to] : [zoom.from, duration];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP * (zoom.to - zoom.from);
    const moved = sliderMove(event.key, { at: zoom[end], step, least, most });
    if (moved === undefined) return;
    event.preventDefault();
    const other = end === 'from' ? zoom.to : zoom.from;
    props.onZoom(zoomBetween(moved, other, duration));
  };
  return (
    <div
      class={`handle ${end}`}
      role="slider"
      tabIndex={0}
      data-end={end}
      aria-label={end === 'from' ? trace.zoomFrom : trace.zoomTo}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={zoom[end]}
      aria-valuetext={formatDuration(zoom[end])}
      style={{ left: `${duration > 0 ? (100 * zoom[end]) / duration : end === 'to' ? 100 : 0}%` }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Drawn after the first paint of the page, and anew in another size or theme. */
function Drawing({ model }: { readonly model: TraceModel }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shownTheme = theme.value;
  useEffect(() => {
    const element = canvas.current as HTMLCanvasElement;
    const resized = new ResizeObserver(() => drawMinimap(element, model));
    resized.observe(element);
    return () => resized.disconnect();
  }, [model, shownTheme]);
  return <canvas ref={canvas} />;
}
