import { lookbackMicros, queryOfParams } from './search-query.ts';
import { parseTags } from './tags-text.ts';

/**
 * The parameters of a search's address that cannot be read, as `name=value`. The API refuses most of them; a search
 * that left one out, or took a default for it, would look like the answer to another question.
 */
export function unreadable(params: URLSearchParams): string[] {
  return READERS.flatMap(([name, isReadable]) =>
    params
      .getAll(name)
      .filter((value) => value !== '' && !isReadable(value))
      .map((value) => `${name}=${value}`),
  );
}

const isMicros = (value: string) => /^-?\d+$/.test(value);
const isTags = (value: string) => {
  const { tags } = queryOfParams(new URLSearchParams({ tags: value }));
  return parseTags(tags) !== undefined;
};

const READERS: readonly (readonly [string, (value: string) => boolean])[] = [
  ['tags', isTags],
  ['tag', (value) => value.includes(':')],
  ['limit', (value) => /^0*[1-9]\d*$/.test(value)],
  ['lookback', (value) => value === 'custom' || lookbackMicros(value) !== undefined],
  ['sort', (value) => value === 'most-recent' || value === 'longest-first'],
  ['start', isMicros],
  ['end', isMicros],
];
