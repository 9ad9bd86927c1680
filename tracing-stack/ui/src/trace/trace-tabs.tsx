import { useRef } from 'preact/hooks';
import { traceText } from '../i18n/text.ts';
import { hrefOfView } from './trace-address.ts';
import type { TraceViewState } from './trace-view-state.ts';
import { TRACE_VIEWS } from './trace-views.ts';

export const tabId = (view: string) => `tab-${view}`;

/** The views of the trace. Arrow keys go from one to the next; each is a link too, to be opened beside this one. */
export function TraceTabs({ state }: { readonly state: TraceViewState }) {
  const { trace } = traceText();
  const list = useRef<HTMLDivElement>(null);
  const shown = state.view.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TRACE_VIEWS.indexOf(shown);
    const last = TRACE_VIEWS.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    const view = to === undefined ? undefined : TRACE_VIEWS[to];
    if (!view) return;
    event.preventDefault();
    state.show(view);
    list.current?.querySelector<HTMLElement>(`#${tabId(view)}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={trace.viewsOf} ref={list} onKeyDown={onKeyDown}>
      {TRACE_VIEWS.map((view) => (
        <a
          key={view}
          id={tabId(view)}
          role="tab"
          href={hrefOfView(view)}
          aria-selected={view === shown}
          aria-controls="trace-view"
          tabIndex={view === shown ? 0 : -1}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            state.show(view);
          }}
        >
          {trace.views[view]}
        </a>
      ))}
    </div>
  );
}
