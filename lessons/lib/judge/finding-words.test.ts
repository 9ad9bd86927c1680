import { expect, test } from 'vitest';
import { LANGUAGES } from '../i18n/messages.ts';
import { findingWords } from './finding-words.ts';

const FILE = 'greeter.ts';
const CASES = [
  ['ReferenceError: tracer is not defined (server-interceptor.ts:38)', 'server-interceptor.ts'],
  ['ReferenceError: tracer is not defined (greeter.ts:9)', FILE],
  ['exit code 1', FILE],
  ['it failed (const 1)', FILE],
] as const;

test.each(LANGUAGES.flatMap((language) => CASES.map((each) => [language, ...each] as const)))(
  'hints name the file of the error (%s): %s',
  (language, error, place) => {
    const words = findingWords({ rule: 'W-CRASH', params: { file: FILE, error } }, language);
    const [, where, code] = words.hints;
    expect(words.title).toContain(FILE);
    expect(where.replace(error, '')).toContain(place);
    expect(code).toContain(place);
    if (place !== FILE) expect(`${where}${code}`).not.toContain(FILE);
  },
);

test.each(LANGUAGES)('what still runs is not said to have stopped (%s)', (language) => {
  const params = { file: FILE, error: 'x is not defined' };
  const title = (variant?: string) =>
    findingWords({ rule: 'W-CRASH', params, ...(variant && { variant }) }, language).title;
  expect(new Set([title(), title('ANSWER'), title('STUCK')]).size).toBe(3);
});
