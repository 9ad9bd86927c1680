import { useSignal } from '@preact/signals';
import { Cross } from '../../shell/action-icons.tsx';
import { hrefOf } from '../../shell/location.ts';
import { DEFAULT_QUERY, paramsOfQuery, type SearchQuery } from '../search-query.ts';
import { formatTags, parseTags } from '../tags-text.ts';
import { toolsText } from './i18n/tools-text.ts';
import { forgetSearch, type KeptSearch, keepSearch, keptSearches } from './kept-searches.ts';

/** What an often wanted search adds to the filters, and takes away again. */
interface Preset {
  readonly name: 'errors' | 'slowest' | 'recent';
  readonly isOn: (query: SearchQuery) => boolean;
  readonly on: (query: SearchQuery) => SearchQuery;
  readonly off: (query: SearchQuery) => SearchQuery;
}

const withTags = (query: SearchQuery, change: (tags: Record<string, string>) => void) => {
  const tags = { ...parseTags(query.tags) };
  change(tags);
  return { ...query, tags: formatTags(tags) };
};
/** Counted back from now again. */
const lookingBack = (query: SearchQuery, lookback: string) => ({
  ...query,
  lookback,
  start: undefined,
  end: undefined,
});

const PRESETS: readonly Preset[] = [
  {
    name: 'errors',
    isOn: (query) => parseTags(query.tags)?.['error'] === 'true',
    on: (query) =>
      withTags(query, (tags) => {
        tags['error'] = 'true';
      }),
    off: (query) =>
      withTags(query, (tags) => {
        delete tags['error'];
      }),
  },
  {
    name: 'slowest',
    isOn: (query) => query.sort !== undefined,
    on: (query) => ({ ...query, sort: 'longest-first' }),
    off: (query) => ({ ...query, sort: undefined }),
  },
  {
    name: 'recent',
    isOn: (query) => query.lookback === '15m',
    on: (query) => lookingBack(query, '15m'),
    off: (query) => lookingBack(query, DEFAULT_QUERY.lookback),
  },
];

/** Searches that are wanted often: some that everybody has, and the reader's own, which the browser keeps. */
export function Presets(props: {
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}) {
  const { query, onFind } = props;
  const { presets: words } = toolsText();
  return (
    <ul class="presets" aria-label={words.label}>
      {PRESETS.map(({ name, isOn, on, off }) => (
        <li key={name}>
          <button
            type="button"
            class="button"
            aria-pressed={isOn(query)}
            onClick={() => onFind(isOn(query) ? off(query) : on(query))}
          >
            {words[name]}
          </button>
        </li>
      ))}
      {keptSearches.value.map((kept) => (
        <Kept key={kept.name} kept={kept} />
      ))}
      <li>
        <Keep query={query} />
      </li>
    </ul>
  );
}

function Kept({ kept: { name, search } }: { readonly kept: KeptSearch }) {
  const { presets: words } = toolsText();
  return (
    <li class="kept">
      <a class="button" href={hrefOf(`search?${search}`)}>
        {name}
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label={words.forget(name)}
        title={words.forget(name)}
        onClick={() => forgetSearch(name)}
      >
        <Cross />
      </button>
    </li>
  );
}

/** Keeps the search that is shown, by a name. */
function Keep({ query }: { readonly query: SearchQuery }) {
  const { presets: words } = toolsText();
  const isNaming = useSignal(false);
  if (!isNaming.value)
    return (
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          isNaming.value = true;
        }}
      >
        {words.keep}
      </button>
    );
  const end = () => {
    isNaming.value = false;
  };
  return (
    <form
      class="keep"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get('name')).trim();
        if (name === '') return;
        keepSearch({ name, search: searchToKeep(query) });
        end();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') end();
      }}
    >
      <input
        name="name"
        aria-label={words.name}
        placeholder={words.name}
        required
        maxLength={60}
        defaultValue={[query.service, query.operation, query.tags].filter(Boolean).join(' ')}
        ref={(input) => {
          if (input && !input.dataset['seen']) {
            input.dataset['seen'] = '';
            input.select();
          }
        }}
      />
      <button type="submit" class="button">
        {words.save}
      </button>
    </form>
  );
}

/** Without the times, unless these were chosen: a kept search looks back from when it is opened. */
function searchToKeep(query: SearchQuery): string {
  const params = paramsOfQuery(query, new Date());
  if (query.lookback !== 'custom') {
    params.delete('start');
    params.delete('end');
  }
  return String(params);
}
