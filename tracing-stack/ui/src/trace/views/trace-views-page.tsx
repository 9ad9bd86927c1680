import { language } from '../../i18n/language.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { FlameView } from './flame-view.tsx';
import { loadViewsTexts } from './i18n/views-text.ts';
import { JsonView } from './json-view.tsx';
import { LogsView } from './logs-view.tsx';
import { SpansView } from './spans-view.tsx';
import { StatisticsView } from './statistics-view.tsx';
import './views.css';

/** The views, once there are words for them. */
export async function loadTraceViews() {
  await loadViewsTexts(language.value);
  return TraceViewsPage;
}

/** The views of a trace beside the timeline: who never opens one never loads them. */
function TraceViewsPage({ state }: { readonly state: TraceViewState }) {
  switch (state.view.value) {
    case 'spans':
      return <SpansView state={state} />;
    case 'statistics':
      return <StatisticsView state={state} />;
    case 'flame':
      return <FlameView state={state} />;
    case 'logs':
      return <LogsView state={state} />;
    case 'json':
      return <JsonView model={state.model} />;
    case 'breaks':
    case 'wire':
    case 'graph':
    case 'timeline':
      return null;
  }
}
