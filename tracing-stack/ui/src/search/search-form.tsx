import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { text } from '../i18n/text.ts';
import { localTime, queryOfForm } from './form-query.ts';
import { type SearchQuery, timeRange } from './search-query.ts';
import { parseTags } from './tags-text.ts';

/** The filters. They start from `query`; mount the form anew (by `key`) for another one. */
export function SearchForm(props: {
  readonly client: QueryClient;
  readonly query: SearchQuery;
  readonly services: readonly string[];
  readonly onFind: (query: SearchQuery) => void;
}) {
  const { query, services } = props;
  const { search } = text();
  const service = useSignal(query.service);
  const lookback = useSignal(query.lookback);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    props.onFind(queryOfForm(new FormData(event.currentTarget as HTMLFormElement)));
  };
  return (
    <form class="filters" aria-label={search.filters} onSubmit={submit}>
      <Field label={search.service} name="service">
        <select
          id="service"
          name="service"
          onChange={(event) => {
            service.value = event.currentTarget.value;
          }}
        >
          <option value="" selected={query.service === ''}>
            {search.allServices}
          </option>
          <Options names={services} chosen={query.service} />
        </select>
      </Field>
      <Field label={search.operation} name="operation">
        <OperationSelect client={props.client} service={service.value} chosen={query.operation} />
      </Field>
      <TagsField tags={query.tags} />
      <div class="pair">
        <Field label={search.minDuration} name="minDuration">
          <input
            id="minDuration"
            name="minDuration"
            type="text"
            defaultValue={query.minDuration}
            placeholder="100ms"
            aria-describedby="duration-hint"
          />
        </Field>
        <Field label={search.maxDuration} name="maxDuration">
          <input
            id="maxDuration"
            name="maxDuration"
            type="text"
            defaultValue={query.maxDuration}
            placeholder="1.2s"
            aria-describedby="duration-hint"
          />
        </Field>
      </div>
      <p class="hint" id="duration-hint">
        {search.durationHint}
      </p>
      <div class="pair lookback">
        <Field label={search.lookback} name="lookback">
          <select
            id="lookback"
            name="lookback"
            onChange={(event) => {
              lookback.value = event.currentTarget.value;
            }}
          >
            <LookbackOptions chosen={query.lookback} />
          </select>
        </Field>
        <Field label={search.limit} name="limit">
          <input
            id="limit"
            name="limit"
            type="number"
            min="1"
            max="1500"
            required
            defaultValue={query.limit}
          />
        </Field>
      </div>
      {lookback.value === 'custom' && <CustomRange query={query} />}
      <button type="submit" class="button primary">
        {search.find}
      </button>
    </form>
  );
}

/** `name` is that of the control, and its id. */
function Field(props: {
  readonly label: string;
  readonly name: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label htmlFor={props.name}>{props.label}</label>
      {props.children}
    </div>
  );
}

/** A name that the server does not list (yet) is still offered if it is the chosen one. */
function Options({
  names,
  chosen,
}: {
  readonly names: readonly string[];
  readonly chosen: string;
}) {
  const all = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
  return all.map((name) => (
    <option key={name} value={name} selected={name === chosen}>
      {name}
    </option>
  ));
}

function OperationSelect(props: {
  readonly client: QueryClient;
  readonly service: string;
  readonly chosen: string;
}) {
  const operations = useSignal<readonly string[]>([]);
  const { client, service } = props;
  useEffect(() => {
    operations.value = [];
    if (service === '') return;
    const loading = new AbortController();
    client.operations(service, loading.signal).then(
      (names) => {
        operations.value = names;
      },
      // The select stays usable with "All operations"; the search itself tells what is wrong with the server.
      () => {},
    );
    return () => loading.abort();
  }, [client, service, operations]);
  return (
    <select id="operation" name="operation" disabled={service === ''}>
      <option value="" selected={props.chosen === ''}>
        {text().search.allOperations}
      </option>
      <Options names={operations.value} chosen={props.chosen} />
    </select>
  );
}

function TagsField({ tags }: { readonly tags: string }) {
  const { search } = text();
  const check = (input: HTMLInputElement) =>
    input.setCustomValidity(
      parseTags(input.value) ? '' : `${search.tagsHint} ${search.tagsExample}`,
    );
  return (
    <>
      <Field label={search.tags} name="tags">
        <input
          id="tags"
          name="tags"
          type="text"
          defaultValue={tags}
          spellcheck={false}
          autocomplete="off"
          placeholder="error=true"
          aria-describedby="tags-hint"
          ref={(input) => {
            if (input) check(input);
          }}
          onInput={(event) => check(event.currentTarget)}
        />
      </Field>
      <p class="hint" id="tags-hint">
        {search.tagsHint} <code>{search.tagsExample}</code>
      </p>
    </>
  );
}

function LookbackOptions({ chosen }: { readonly chosen: string }) {
  const { lookbacks, lastSpan } = text().search;
  const known: Readonly<Record<string, string>> =
    chosen in lookbacks ? lookbacks : { [chosen]: lastSpan(chosen), ...lookbacks };
  return Object.entries(known).map(([value, label]) => (
    <option key={value} value={value} selected={value === chosen}>
      {label}
    </option>
  ));
}

function CustomRange({ query }: { readonly query: SearchQuery }) {
  const { search } = text();
  const { start, end } = timeRange(query, new Date());
  return (
    <>
      <Field label={search.from} name="start">
        <input
          id="start"
          name="start"
          type="datetime-local"
          step="1"
          required
          defaultValue={localTime(start)}
        />
      </Field>
      <Field label={search.to} name="end">
        <input
          id="end"
          name="end"
          type="datetime-local"
          step="1"
          required
          defaultValue={localTime(end)}
        />
      </Field>
    </>
  );
}
