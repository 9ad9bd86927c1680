import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { text } from '../i18n/text.ts';
import { currentQuery, hrefOf, navigate } from '../shell/location.ts';
import { Message } from '../shell/message.tsx';
import type { FoundTrace } from './found-trace.ts';
import { ResultList } from './result-list.tsx';
import { SearchForm } from './search-form.tsx';
import { paramsOfQuery, queryOfParams, type SearchQuery } from './search-query.ts';
import { lookAgain, searchNow, searchOnce, searchState, services } from './search-state.ts';
import './search.css';

export function SearchPage({ client }: { readonly client: QueryClient }) {
  const address = currentQuery();
  const { search } = text();
  useEffect(() => {
    document.title = search.pageTitle;
    searchOnce(client, address);
  }, [client, address, search]);
  const query = queryOfParams(new URLSearchParams(address));
  const find = (asked: SearchQuery) => {
    const next = `?${paramsOfQuery(asked, new Date())}`;
    if (next === address) searchNow(client, address);
    else navigate(hrefOf(`search${next}`));
  };
  return (
    <div class="search-page">
      <SearchForm
        key={address}
        client={client}
        query={query}
        services={services.value}
        onFind={find}
      />
      <section class="results" aria-label={search.title}>
        <Results client={client} address={address} query={query} onFind={find} />
      </section>
    </div>
  );
}

function Results(props: {
  readonly client: QueryClient;
  readonly address: string;
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}) {
  const { search, loading, tryAgain } = text();
  const state = searchState.value;
  switch (state.is) {
    case 'loading':
      return <p class="loading">{loading}</p>;
    case 'failed':
      return (
        <Message title={search.failed} tone="danger">
          <p class="server-says">{state.message}</p>
          <p>
            <button
              type="button"
              class="button"
              onClick={() => searchNow(props.client, props.address)}
            >
              {tryAgain}
            </button>
          </p>
        </Message>
      );
    case 'no-spans':
      return <NoSpans client={props.client} address={props.address} />;
    case 'too-many-services':
      return (
        <Message title={search.chooseTitle}>
          <p>{search.choose(state.count)}</p>
        </Message>
      );
    case 'unreadable':
      return (
        <Message title={search.unreadableTitle} tone="danger">
          {state.parts.map((part) => (
            <p key={part} class="server-says">
              {part}
            </p>
          ))}
          <p>{search.unreadable}</p>
        </Message>
      );
    case 'found':
      if (state.missing) return <NamedTraces {...state} missing={state.missing} />;
      if (state.traces.length > 0)
        return <ResultList traces={state.traces} at={state.at} limit={props.query.limit} />;
      return (
        <Message title={search.nothingTitle}>
          <p>{search.nothing}</p>
          <p>
            <button
              type="button"
              class="button"
              onClick={() =>
                props.onFind({ ...props.query, lookback: '30d', start: undefined, end: undefined })
              }
            >
              {search.lookFurther}
            </button>
          </p>
        </Message>
      );
  }
}

/** Those that the address names by their ids, and which of them are not there. */
function NamedTraces(props: {
  readonly traces: readonly FoundTrace[];
  readonly missing: readonly string[];
  readonly at: Date;
}) {
  const { traces, missing, at } = props;
  return (
    <>
      {missing.length > 0 && (
        <Message title={text().search.missing}>
          <p class="server-says">{missing.join(' ')}</p>
        </Message>
      )}
      {traces.length > 0 && <ResultList traces={traces} at={at} limit={Number.POSITIVE_INFINITY} />}
    </>
  );
}

/** Waits for the first span, so that the page fills by itself when a lesson is run beside it. */
function NoSpans({ client, address }: { readonly client: QueryClient; readonly address: string }) {
  const { search } = text();
  const state = searchState.value;
  useEffect(() => {
    const timer = lookAgain(client, address);
    return () => clearTimeout(timer);
  }, [client, address, state]);
  return (
    <Message title={search.noSpansTitle}>
      <p>{search.noSpans}</p>
      <p>
        <code class="command">npm run lesson:3</code>
      </p>
      <p class="muted">{search.noSpansWaiting}</p>
    </Message>
  );
}
