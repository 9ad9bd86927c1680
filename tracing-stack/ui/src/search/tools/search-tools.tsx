import type { QueryClient } from '../../api/query-client.ts';
import { language } from '../../i18n/language.ts';
import { base } from '../../shell/location.ts';
import type { SearchQuery } from '../search-query.ts';
import { searchState } from '../search-state.ts';
import { FilesButton, OpenedFiles } from './files.tsx';
import { loadToolsTexts, toolsText } from './i18n/tools-text.ts';
import { Live } from './live.tsx';
import { Plot } from './plot.tsx';
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
        <FilesButton />
        <DownloadResults />
        <Live {...props} />
      </div>
      <OpenedFiles />
      <FoundPlot {...props} />
      <SearchNotes {...props} />
    </>
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
  return <Plot key={whole} traces={state.traces} at={state.at} {...props} />;
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
