import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { traceText } from '../i18n/text.ts';
import { Later } from '../shell/later.tsx';
import { currentAddress } from '../shell/location.ts';
import { busyRange } from './busy-range.ts';
import type { Clocks } from './clocks/clocks.tsx';
import { OpenedSpan } from './opened-span.tsx';
import { readTraceAddress } from './trace-address.ts';
import { TraceHeader } from './trace-header.tsx';
import { hasSkew, type TraceModel } from './trace-model.ts';
import { TraceTabs, tabId } from './trace-tabs.tsx';
import { TraceToolbar } from './trace-toolbar.tsx';
import { type TraceViewState, traceViewState } from './trace-view-state.ts';
import type { TraceViewName } from './trace-views.ts';
import { actOnKey } from './view-keys.ts';
import { Waterfall } from './waterfall.tsx';
import { formatZoom, isWhole, zoomTo } from './zoom.ts';

/** A trace that has been read. */
export function TraceView(props: {
  readonly model: TraceModel;
  /** Stands below the header. */
  readonly children: ComponentChildren;
}) {
  const { trace } = traceText();
  const clocks = useClocks(props.model);
  const model = clocks?.model ?? props.model;
  const before = useRef<TraceViewState>(undefined);
  const state = useMemo(() => traceViewState(model, before.current), [model]);
  before.current = state;
  const openedRow = state.opened.value;

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
    if (openedRow !== undefined) state.moveTo(openedRow);
  }, [openedRow, state]);
  useFollowedZoom(state);

  const view = state.view.value;
  return (
    <div class="trace-page">
      <TraceHeader model={model} onShare={state.settle} />
      {props.children}
      <TraceTabs state={state} />
      <div class="view" id="trace-view" role="tabpanel" aria-labelledby={tabId(view)}>
        {view === 'timeline' ? (
          <Timeline state={state} clocks={clocks} />
        ) : (
          <Later
            key={loadersOf[view] && view}
            load={loadersOf[view] ?? loadTraceViews}
            with={{ state }}
          />
        )}
      </div>
    </div>
  );
}

/** Of the views that are files of their own. */
const loadersOf: Partial<Record<TraceViewName, typeof loadTraceViews>> = {
  breaks: async () => (await import('./breaks/breaks-page.tsx')).loadBreaksPage(),
  wire: async () => (await import('./wire/wire-page.tsx')).loadWirePage(),
  graph: async () => (await import('./graph/trace-graph-page.tsx')).loadTraceGraphPage(),
};
const loadMinimap = async () => (await import('./minimap.tsx')).Minimap;
const loadClocks = async () => (await import('./clocks/clocks.tsx')).loadClocks();
const loadTraceViews = async () => (await import('./views/trace-views-page.tsx')).loadTraceViews();

/** Both times of the trace's spans, as long as they are asked for. */
function useClocks(model: TraceModel): Clocks | undefined {
  const isAsked =
    readTraceAddress(model, currentAddress().searchParams).isBothClocks && hasSkew(model);
  const clocks = useSignal<Clocks | undefined>(undefined);
  useEffect(() => {
    clocks.value = undefined;
    if (!isAsked) return;
    let isWanted = true;
    loadClocks().then(
      (of) => {
        if (isWanted) clocks.value = of(model);
      },
      // The server is gone, or has been given a new build: loading anew shows which.
      () => location.reload(),
    );
    return () => {
      isWanted = false;
    };
  }, [model, isAsked, clocks]);
  return isAsked ? clocks.value : undefined;
}

function Timeline(props: { readonly state: TraceViewState; readonly clocks: Clocks | undefined }) {
  const { state, clocks } = props;
  const { model } = state;
  const zoom = state.zoom.value;
  return (
    <>
      <div class="overview">
        <Later load={loadMinimap} with={{ model, zoom, onZoom: state.zoomTo }} />
        <FarApart state={state} />
      </div>
      <TraceToolbar state={state} />
      {clocks?.legend()}
      <div class="trace-body">
        <Waterfall
          model={model}
          folded={state.folded}
          rows={state.rows}
          cursor={state.cursor}
          opened={state.opened.value}
          matches={state.matches}
          zoom={zoom}
          critical={state.critical.value}
          other={clocks?.other}
          onOpen={state.open}
        />
        <OpenedSpan state={state} />
      </div>
    </>
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
