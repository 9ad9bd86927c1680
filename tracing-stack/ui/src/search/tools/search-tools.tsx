import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../../api/query-client.ts';
import { language } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { browserStore } from '../../shell/browser-store.ts';
import { Later } from '../../shell/later.tsx';
import { base } from '../../shell/location.ts';
import type { SearchQuery } from '../search-query.ts';
import { asTable, isTable, searchState, TABLE_KEY } from '../search-state.ts';
import { FilesButton, OpenedFiles } from './files.tsx';
import { loadToolsTexts, toolsText } from './i18n/tools-text.ts';
import { Live } from './live.tsx';
import { Presets } from './presets.tsx';
import { SearchNotes } from './search-notes.tsx';
import './search-tools.css';

/** The tools, once there are words for them. */
export async function loadSearchTools() {
  await loadToolsTexts(language.value);
  return SearchTools;
}

/** What can be done on the search page beside searching. It is loaded beside the first list, which does not wait for it. */
function SearchTools(props: {
  readonly client: QueryClient;
  readonly address: string;
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}) {
  return (
    <>
      <div class="search-tools">
        <FiltersFold key={props.address} query={props.query} />
        <FilesButton />
        <DownloadResults />
        <Live {...props} />
        <ShownAs />
      </div>
      <Presets {...props} />
      <OpenedFiles />
      <FoundPlot {...props} />
      <SearchNotes {...props} />
    </>
  );
}

/** In a narrow window the filters stand above the results only while they are wanted: the style sheet looks at this. */
function FiltersFold({ query: { service, operation, tags } }: { readonly query: SearchQuery }) {
  const { search } = text();
  const isUnfolded = useSignal(false);
  useEffect(() => {
    if (isUnfolded.value) document.getElementById('service')?.focus();
  }, [isUnfolded.value, isUnfolded]);
  return (
    <button
      type="button"
      class="button filters-fold"
      aria-expanded={isUnfolded.value}
      onClick={() => {
        isUnfolded.value = !isUnfolded.value;
      }}
    >
      {search.filters}
      <span class="muted">
        {[service || search.allServices, operation, tags].filter(Boolean).join(' · ')}
      </span>
    </button>
  );
}

/** Of the list that is shown, if there is anything to compare. */
function FoundPlot(props: {
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}) {
  const state = searchState.value;
  if (state.is !== 'found' || state.traces.length < 2) return null;
  // Another search is of another time; what arrives live leaves a selection alone.
  const whole = `${props.query.start} ${props.query.end}`;
  return (
    <Later
      key={whole}
      load={loadPlot}
      with={{ traces: state.traces, at: state.at, query: props.query, onFind: props.onFind }}
    />
  );
}

const loadPlot = async () => (await import('./plot.tsx')).loadPlot();

/** The results as a list or as a table. */
function ShownAs() {
  const { shownAs: words } = toolsText();
  const state = searchState.value;
  if (state.is !== 'found' || state.traces.length === 0) return null;
  const shown = isTable(state.traces.length) ? 'table' : 'list';
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set of a form
    <span class="results-as" role="group" aria-label={words.label}>
      {(['list', 'table'] as const).map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={each === shown}
          onClick={() => {
            asTable.value = each;
            browserStore.set(TABLE_KEY, each);
          }}
        >
          {words[each]}
        </button>
      ))}
    </span>
  );
}

/** A link that names the traces of the list: the server sends them whole. */
function DownloadResults() {
  const state = searchState.value;
  if (state.is !== 'found' || state.traces.length === 0) return null;
  const ids = new URLSearchParams(state.traces.map(({ traceId }) => ['traceID', traceId]));
  return (
    <a
      class="button"
      href={new URL(`api/traces?${ids}`, base).href}
      download={`traces-${state.traces.length}.json`}
    >
      {toolsText().download}
    </a>
  );
}
