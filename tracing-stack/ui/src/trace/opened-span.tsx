import { Later } from '../shell/later.tsx';
import type { TraceViewState } from './trace-view-state.ts';

const loadSpanPanel = async () => (await import('./span-panel.tsx')).SpanPanel;

/** The details of the span that the address names, beside whatever view is shown. */
export function OpenedSpan({ state }: { readonly state: TraceViewState }) {
  const row = state.opened.value;
  if (row === undefined) return null;
  return (
    <Later
      load={loadSpanPanel}
      with={{
        model: state.model,
        row,
        isInTimeline: state.view.value === 'timeline',
        onShare: state.settle,
        onClose: () => state.open(undefined),
      }}
    />
  );
}
