import { formatDuration } from '../format/duration.ts';
import { traceText } from '../i18n/text.ts';
import { Cross, Minus, Plus } from '../shell/action-icons.tsx';
import { FindBox } from './find-box.tsx';
import type { TraceViewState } from './trace-view-state.ts';
import { isWhole } from './zoom.ts';

/** What acts on the whole waterfall: find, zoom, fold. */
export function TraceToolbar({ state }: { readonly state: TraceViewState }) {
  const { trace } = traceText();
  return (
    <div class="toolbar">
      <FindBox
        text={state.findText.value}
        matches={state.matches.value}
        row={state.cursor.value}
        onFind={state.find}
        onGo={state.goToMatch}
      />
      <ZoomChip state={state} />
      <span class="marks">
        {state.hasSkew && (
          <button
            type="button"
            class="button"
            aria-pressed={state.isBothClocks.value}
            title={trace.clocksHint}
            onClick={state.toggleClocks}
          >
            {trace.clocks}
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-pressed={state.isCritical.value}
          title={trace.criticalHint}
          onClick={state.toggleCritical}
        >
          {trace.critical}
        </button>
      </span>
      <Folding state={state} />
    </div>
  );
}

/** Says what is zoomed to, as long as anything is, and leads back. */
function ZoomChip({ state }: { readonly state: TraceViewState }) {
  const { trace } = traceText();
  const { zoom, model } = state;
  const { from, to } = zoom.value;
  if (isWhole(zoom.value, model.duration)) return null;
  return (
    <span class="zoom-chip">
      <span>{trace.zoomed(formatDuration(from, 4), formatDuration(to, 4))}</span>
      <button
        type="button"
        class="icon-button"
        aria-label={trace.resetZoom}
        title={`${trace.resetZoom} (Esc)`}
        onClick={() => state.zoomTo(undefined)}
      >
        <Cross />
      </button>
    </span>
  );
}

function Folding({ state }: { readonly state: TraceViewState }) {
  const { trace } = traceText();
  const { levelCount: depth } = state.model;
  const levels = state.levels.value;
  if (depth === 1) return null;
  return (
    <span class="folding">
      <IconButton
        label={trace.lessLevels}
        isOff={levels === 1}
        onClick={() => state.showLevels(levels - 1)}
      >
        <Minus />
      </IconButton>
      <span class="level" role="status">
        {trace.level(levels, depth)}
      </span>
      <IconButton
        label={trace.moreLevels}
        isOff={levels === depth}
        onClick={() => state.showLevels(levels + 1)}
      >
        <Plus />
      </IconButton>
      <button type="button" class="button" onClick={() => state.showLevels(depth)}>
        {trace.expandAll}
      </button>
      <button type="button" class="button" onClick={() => state.showLevels(1)}>
        {trace.collapseAll}
      </button>
    </span>
  );
}

function IconButton(props: {
  readonly label: string;
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: preact.ComponentChild;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      disabled={props.isOff}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}
