import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../../api/query-client.ts';
import { formatClock } from '../../format/time.ts';
import { base } from '../../shell/location.ts';
import { serverEvents } from '../../shell/server-events.ts';
import { findTraces } from '../find-traces.ts';
import type { SearchQuery } from '../search-query.ts';
import { searchState, services } from '../search-state.ts';
import { toolsText } from './i18n/tools-text.ts';

/** Kept outside, so that coming back from a trace goes on listing. */
const isLive = signal(false);

/** However much arrives, the server is searched only so often, in milliseconds. */
const LEAST_BETWEEN = 1_000;

interface Heard {
  readonly isReady: boolean;
  readonly spans: number;
  readonly at?: Date;
  /** Why nothing is heard now. */
  readonly failure?: string;
}

const NOTHING: Heard = { isReady: false, spans: 0 };

/** Follows what arrives: as long as it is on, the list shows what the filters find in the newest spans. */
export function Live(props: { readonly client: QueryClient; readonly query: SearchQuery }) {
  const { client, query } = props;
  const { live: words } = toolsText();
  const heard = useSignal<Heard>(NOTHING);
  const isOn = isLive.value;
  const asked = JSON.stringify(query);
  useEffect(() => {
    if (!isOn) return;
    heard.value = NOTHING;
    return follow(client, JSON.parse(asked) as SearchQuery, words, (change) => {
      const { failure, ...before } = heard.peek();
      heard.value = change(before);
    });
  }, [client, asked, isOn, words, heard]);
  const { isReady, spans, at, failure } = heard.value;
  return (
    <>
      <button
        type="button"
        class="button live-button"
        aria-pressed={isOn}
        title={words.hint}
        onClick={() => {
          isLive.value = !isOn;
        }}
      >
        <i />
        {words.label}
      </button>
      {isOn && (
        <span class={failure ? 'live-failure' : 'muted'}>
          {failure ??
            (at
              ? words.arrived(spans, formatClock(at.getTime() * 1e3, at))
              : isReady && words.waiting)}
        </span>
      )}
    </>
  );
}

/** Gives what ends it. */
function follow(
  client: QueryClient,
  query: SearchQuery,
  words: ReturnType<typeof toolsText>['live'],
  tell: (change: (before: Heard) => Heard) => void,
): () => void {
  const url = new URL('api/live', base);
  if (query.service !== '') url.searchParams.set('service', query.service);
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSearching = false;
  let isStale = false;

  async function search(): Promise<void> {
    isSearching = true;
    isStale = false;
    try {
      await searchNewest(client, query, ending.signal);
    } catch (error) {
      const failure = (error as Error).message;
      if (!ending.signal.aborted) tell((before) => ({ ...before, failure }));
    }
    timer = setTimeout(() => {
      isSearching = false;
      if (isStale && !ending.signal.aborted) void search();
    }, LEAST_BETWEEN);
  }

  const searchSoon = () => {
    isStale = true;
    if (!isSearching) void search();
  };
  // What came before, since the list was made or while the server was away, is not told.
  const leave = serverEvents(url, {
    ready() {
      tell((before) => ({ ...before, isReady: true }));
      searchSoon();
    },
    arrived(data) {
      const { spans } = JSON.parse(data) as { readonly spans: number };
      tell((before) => ({ isReady: true, spans: before.spans + spans, at: new Date() }));
      searchSoon();
    },
    failed(data) {
      const { message } = JSON.parse(data) as { readonly message: string };
      tell((before) => ({ ...before, failure: words.failed(message) }));
    },
    error: () => tell((before) => ({ ...before, failure: words.away })),
  });
  return () => {
    leave();
    ending.abort();
    clearTimeout(timer);
  };
}

/** The same search, up to now: the times in the address are those of when it was made. */
async function searchNewest(
  client: QueryClient,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<void> {
  const lookback = query.lookback === 'custom' ? '1h' : query.lookback;
  const names = await client.services(signal);
  const at = new Date();
  const open = { ...query, lookback, start: undefined, end: undefined };
  const traces = await findTraces(client, open, names, at, signal);
  if (signal.aborted) return;
  services.value = names;
  // What to run is said where nothing was ever sent.
  const isEmpty = names.length === 0 && query.service === '';
  searchState.value = isEmpty ? { is: 'no-spans' } : { is: 'found', traces, at };
}
