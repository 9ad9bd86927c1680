import { DEFAULT_QUERY, type SearchQuery } from './search-query.ts';

/** Reads the search form's fields. */
export function queryOfForm(form: FormData): SearchQuery {
  const of = (name: string) => String(form.get(name) ?? '');
  const query = {
    service: of('service'),
    operation: of('operation'),
    tags: of('tags'),
    minDuration: of('minDuration'),
    maxDuration: of('maxDuration'),
    lookback: of('lookback'),
    limit: Number(of('limit')) || DEFAULT_QUERY.limit,
  };
  if (query.lookback !== 'custom') return query;
  return { ...query, start: Date.parse(of('start')) * 1e3, end: Date.parse(of('end')) * 1e3 };
}

/** Microseconds since 1970 as `datetime-local` wants them: local time to the second, without a zone; empty beyond the reach of a date. */
export function localTime(micros: number): string {
  const date = new Date(micros / 1e3);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60e3).toISOString().slice(0, 19);
}
