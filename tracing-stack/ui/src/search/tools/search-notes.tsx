import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../../api/query-client.ts';
import { Message } from '../../shell/message.tsx';
import type { SearchQuery } from '../search-query.ts';
import { searchNow, searchState } from '../search-state.ts';
import { toolsText } from './i18n/tools-text.ts';

/** How soon a store without any spans is looked at again, in milliseconds. */
const LOOK_AGAIN = 2_000;

interface NotesProps {
  readonly client: QueryClient;
  readonly address: string;
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}

/** What stands on the page instead of a list, or above one that is not all that was asked for. */
export function SearchNotes(props: NotesProps) {
  const words = toolsText().notes;
  const state = searchState.value;
  switch (state.is) {
    case 'no-spans':
      return <NoSpans {...props} />;
    case 'unreadable':
      return (
        <Message title={words.unreadableTitle} tone="danger">
          <ServerSays lines={state.parts} />
          <p>{words.unreadable}</p>
        </Message>
      );
    case 'found':
      if (state.missing?.length)
        return (
          <Message title={words.missing}>
            <ServerSays lines={[state.missing.join(' ')]} />
          </Message>
        );
      return state.traces.length === 0 ? <Nothing {...props} /> : null;
    default:
      return null;
  }
}

const ServerSays = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.map((line) => (
    <p key={line} class="server-says">
      {line}
    </p>
  ));

function Nothing({ query, onFind }: NotesProps) {
  const words = toolsText().notes;
  return (
    <Message title={words.nothingTitle}>
      <p>{words.nothing}</p>
      <p>
        <button
          type="button"
          class="button"
          onClick={() => onFind({ ...query, lookback: '30d', start: undefined, end: undefined })}
        >
          {words.lookFurther}
        </button>
      </p>
    </Message>
  );
}

/** Waits for the first span, so that the page fills by itself when a lesson is run beside it. */
function NoSpans({ client, address }: NotesProps) {
  const words = toolsText().notes;
  const state = searchState.value;
  useEffect(() => {
    const timer = setTimeout(() => searchNow(client, address), LOOK_AGAIN);
    return () => clearTimeout(timer);
  }, [client, address, state]);
  return (
    <Message title={words.noSpansTitle}>
      <p>{words.noSpans}</p>
      <p>
        <code class="command">npm run lesson:3</code>
      </p>
      <p class="muted">{words.noSpansWaiting}</p>
    </Message>
  );
}
