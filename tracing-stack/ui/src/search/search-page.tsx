import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { text } from '../i18n/text.ts';
import { Later } from '../shell/later.tsx';
import { currentQuery, hrefOf, navigate } from '../shell/location.ts';
import { Failure } from '../shell/message.tsx';
import { ResultList } from './result-list.tsx';
import { SearchForm } from './search-form.tsx';
import { paramsOfQuery, queryOfParams, type SearchQuery } from './search-query.ts';
import { isTable, searchNow, searchOnce, searchState, services } from './search-state.ts';
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
        onFind={(asked) => find({ ...asked, sort: query.sort })}
      />
      <section class="results" aria-label={search.title}>
        <Later load={loadSearchTools} with={{ client, address, query, onFind: find }} />
        <Results client={client} address={address} query={query} onFind={find} />
      </section>
    </div>
  );
}

const loadResultTable = async () => (await import('./table/result-table.tsx')).loadResultTable();
const loadSearchTools = async () => (await import('./tools/search-tools.tsx')).loadSearchTools();

function Results(props: {
  readonly client: QueryClient;
  readonly address: string;
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}) {
  const { search, loading } = text();
  const state = searchState.value;
  switch (state.is) {
    case 'loading':
      return <p class="loading">{loading}</p>;
    case 'failed':
      return (
        <Failure
          title={search.failed}
          message={state.message}
          onAgain={() => searchNow(props.client, props.address)}
        />
      );
    case 'found':
      if (state.traces.length > 0) {
        const { sort, limit } = props.query;
        const shown = {
          traces: state.traces,
          at: state.at,
          limit: state.missing ? Number.POSITIVE_INFINITY : limit,
          isLongest: sort !== undefined,
          onSort: (wanted: SearchQuery['sort']) => props.onFind({ ...props.query, sort: wanted }),
        };
        return isTable(state.traces.length) ? (
          <Later key={sort} load={loadResultTable} with={shown} />
        ) : (
          <ResultList key={sort} {...shown} />
        );
      }
      return null;
    default:
      // What there is to say instead the tools say.
      return null;
  }
}
