import { formatTags, parseTags, type Tags } from './tags-text.ts';

/** What the search form holds. Texts are as typed; empty means "any". */
export interface SearchQuery {
  readonly service: string;
  readonly operation: string;
  /** logfmt, see tags-text.ts. */
  readonly tags: string;
  /** With a unit, as Go reads it: `1.2s`, `100ms`. */
  readonly minDuration: string;
  readonly maxDuration: string;
  /** `2d`, `1h`, `5m`, or `custom` with `start` and `end`. */
  readonly lookback: string;
  readonly limit: number;
  /** Microseconds since 1970. Absent: counted back from now. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** Which traces the limit leaves; absent: the newest. */
  readonly sort?: 'longest-first' | undefined;
}

const LONGEST = 'longest-first';

export const DEFAULT_QUERY: SearchQuery = {
  service: '',
  operation: '',
  tags: '',
  minDuration: '',
  maxDuration: '',
  // Wide, because the newest come first and the limit holds the cost down: yesterday's lesson is still found.
  lookback: '2d',
  limit: 20,
};

/** Reads the address of a search as Jaeger's UI writes it, today (`tags={json}`) and formerly (`tag=key:value`). */
export function queryOfParams(params: URLSearchParams): SearchQuery {
  const text = (name: string) => params.get(name) ?? '';
  const limit = Number.parseInt(text('limit'), 10);
  const operation = text('operation');
  return {
    service: text('service'),
    operation: operation === 'all' ? '' : operation,
    tags: tagsOfParams(params),
    minDuration: text('minDuration'),
    maxDuration: text('maxDuration'),
    lookback: text('lookback') || DEFAULT_QUERY.lookback,
    limit: limit > 0 ? limit : DEFAULT_QUERY.limit,
    start: microsOf(text('start')),
    end: microsOf(text('end')),
    sort: text('sort') === LONGEST ? LONGEST : undefined,
  };
}

function tagsOfParams(params: URLSearchParams): string {
  const json = params.get('tags') ?? '';
  const pairs = params.getAll('tag').map((pair) => {
    const colon = pair.indexOf(':');
    if (colon === -1) return pair;
    return formatTags({ [pair.slice(0, colon)]: pair.slice(colon + 1) });
  });
  return [json && tagsOfJson(json), ...pairs].filter(Boolean).join(' ');
}

/** What cannot be read stays as it is: it is shown in the form, and refused there (and see unreadable.ts). */
function tagsOfJson(json: string): string {
  try {
    const tags: unknown = JSON.parse(json);
    if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) return json;
    if (Object.values(tags).some((value) => typeof value === 'object')) return json;
    const entries = Object.entries(tags).map(([key, value]) => [key, String(value)]);
    return formatTags(Object.fromEntries(entries) as Tags);
  } catch {
    return json;
  }
}

function microsOf(text: string): number | undefined {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : undefined;
}

/** The times between which spans are looked for, in microseconds. An address that states them means just these. */
export function timeRange(query: SearchQuery, now: Date): { start: number; end: number } {
  const end = query.end ?? now.getTime() * 1e3;
  const lookback = lookbackMicros(query.lookback) ?? DEFAULT_LOOKBACK;
  return { start: query.start ?? end - lookback, end };
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

const DEFAULT_LOOKBACK = 2 * 86_400e6;

/** `undefined` if the text is no such time. */
export function lookbackMicros(lookback: string): number | undefined {
  const [, count, unit = ''] = /^(\d+)([smhdw])$/.exec(lookback) ?? [];
  const seconds = UNIT_SECONDS[unit];
  return seconds && Number(count) * seconds * 1e6;
}

/** The address of a search, for the UI and, with a service, for the API alike: the API ignores `lookback`. */
export function paramsOfQuery(query: SearchQuery, now: Date): URLSearchParams {
  const { start, end } = timeRange(query, now);
  const tags = parseTags(query.tags);
  const params = {
    end: String(end),
    limit: String(query.limit),
    lookback: query.lookback,
    maxDuration: query.maxDuration.trim(),
    minDuration: query.minDuration.trim(),
    operation: query.operation,
    service: query.service,
    sort: query.sort ?? '',
    start: String(start),
    tags: tags && Object.keys(tags).length > 0 ? JSON.stringify(tags) : '',
  };
  return new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ''));
}
