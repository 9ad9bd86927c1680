import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { traceText } from '../i18n/text.ts';
import { currentAddress } from '../shell/location.ts';
import { busyRange } from './busy-range.ts';
import { Minimap } from './minimap.tsx';
import { SpanPanel } from './span-panel.tsx';
import { readTraceAddress } from './trace-address.ts';
import { TraceHeader } from './trace-header.tsx';
import type { TraceModel } from './trace-model.ts';
import { TraceToolbar } from './trace-toolbar.tsx';
import { type TraceViewState, traceViewState } from './trace-view-state.ts';
import { actOnKey } from './view-keys.ts';
import { Waterfall } from './waterfall.tsx';
import { rowElementId } from './waterfall-row.tsx';
import { formatZoom, isWhole, zoomTo } from './zoom.ts';

/** A trace that has been read. */
export function TraceView({ model }: { readonly model: TraceModel }) {
  const { trace } = traceText();
  const state = useMemo(() => traceViewState(model), [model]);
  const openedRow = state.opened.value;
  const zoom = state.zoom.value;

  useEffect(() => {
    const { root } = model.summary;
    document.title = trace.pageTitle(root?.operationName || model.traceId);
  }, [model, trace]);
  // With the first paint, not after it: who sees the page may press a key.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => actOnKey(event, state);
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
      state.leave();
    };
  }, [state]);
  useEffect(() => {
    if (openedRow === undefined) return;
    state.moveTo(openedRow);
    // On a narrow screen the details would cover it. It may be drawn only now that the cursor has been moved.
    const frame = requestAnimationFrame(() =>
      document.getElementById(rowElementId(openedRow))?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [openedRow, state]);
  useFollowedZoom(state);

  return (
    <div class="trace-page">
      <TraceHeader model={model} onShare={state.settle} />
      <div class="overview">
        <Minimap model={model} zoom={zoom} onZoom={state.zoomTo} />
        <FarApart state={state} />
      </div>
      <TraceToolbar state={state} />
      <div class="trace-body">
        <Waterfall
          model={model}
          folded={state.folded}
          rows={state.rows}
          cursor={state.cursor}
          opened={openedRow}
          matches={state.matches}
          zoom={zoom}
          onOpen={state.open}
        />
        {openedRow !== undefined && (
          <SpanPanel
            model={model}
            row={openedRow}
            onShare={state.settle}
            onClose={() => state.open(undefined)}
          />
        )}
      </div>
    </div>
  );
}

/** A link, or the back button, may ask for another zoom of the trace that is shown. */
function useFollowedZoom(state: TraceViewState) {
  const { zoom } = readTraceAddress(state.model, currentAddress().searchParams);
  const asked = formatZoom(zoom);
  // With the paint: after it, the first zoom by hand might be taken for one that differs from the address.
  useLayoutEffect(() => {
    if (asked !== formatZoom(state.zoom.peek())) state.zoom.value = zoom;
  }, [asked, state]);
}

/** Where one span lies years away from the others, these are slivers: offers to zoom to them. */
function FarApart({ state }: { readonly state: TraceViewState }) {
  const { trace } = traceText();
  const { model, zoom } = state;
  const busy = useMemo(() => busyRange(model), [model]);
  if (!busy || !isWhole(zoom.value, model.duration)) return null;
  return (
    <p class="far-apart">
      {trace.farApart(formatDuration(busy.to - busy.from), formatDuration(model.duration))}{' '}
      <button
        type="button"
        class="button"
        onClick={() => state.zoomTo(zoomTo(busy.from, busy.to - busy.from, model.duration))}
      >
        {trace.zoomToMost}
      </button>
    </p>
  );
}
