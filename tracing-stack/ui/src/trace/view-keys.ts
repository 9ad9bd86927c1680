import { keyOf } from '../shell/keys.ts';
import type { TraceViewState } from './trace-view-state.ts';
import { TRACE_VIEWS } from './trace-views.ts';
import { isWhole, panned, scaled, zoomTo } from './zoom.ts';

const ZOOM_STEP = 2 / 3;
const PAN_STEP = 1 / 8;
const FAR = 4;

/** The keys of the trace page that mean the same wherever the focus is. Where Jaeger's UI has a key for it, it is the same one. */
export function actOnKey(event: KeyboardEvent, state: TraceViewState): void {
  const action = actionOf(keyOf(event), state);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf(key: string | undefined, state: TraceViewState): (() => void) | undefined {
  const view = TRACE_VIEWS[Number(key) - 1];
  if (view) return () => state.show(view);
  if (key === 'n') return () => state.goToMatch(1);
  if (key === 'N') return () => state.goToMatch(-1);
  if (key === 'Escape' && state.opened.value !== undefined) return () => state.open(undefined);
  return state.view.value === 'timeline' ? timelineAction(key, state) : undefined;
}

function timelineAction(key: string | undefined, state: TraceViewState): (() => void) | undefined {
  const { model, zoom, cursor, levels } = state;
  const { duration } = model;
  const pan = (part: number) => () => state.zoomTo(panned(zoom.value, part, duration));
  const scale = (factor: number) => () => state.zoomTo(scaled(zoom.value, factor, duration));
  switch (key) {
    case 'c':
      return state.toggleCritical;
    case 't':
      return state.hasSkew ? state.toggleClocks : undefined;
    case '+':
    case '=':
      return scale(ZOOM_STEP);
    case '-':
      return scale(1 / ZOOM_STEP);
    case 'a':
      return pan(-PAN_STEP);
    case 'A':
      return pan(-PAN_STEP * FAR);
    case 'd':
      return pan(PAN_STEP);
    case 'D':
      return pan(PAN_STEP * FAR);
    case 'z':
      return () =>
        state.zoomTo(
          zoomTo(model.start[cursor.value] ?? 0, model.length[cursor.value] ?? 0, duration),
        );
    case 'o':
      return () => state.showLevels(levels.value + 1);
    case 'p':
      return () => state.showLevels(levels.value - 1);
    case '[':
      return () => state.showLevels(model.levelCount);
    case ']':
      return () => state.showLevels(1);
    case 'Escape':
      return isWhole(zoom.value, duration) ? undefined : () => state.zoomTo(undefined);
    default:
      return undefined;
  }
}
