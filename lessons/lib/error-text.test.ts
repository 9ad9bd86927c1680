import { expect, test } from 'vitest';
import { errorText } from './error-text.ts';
import { speaker } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';
import { QueryApiError } from './query-api.ts';

const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each([
  [new LessonError((say) => say('backend.nobody')), 'nobody'],
  [coded('in-use', '[embedded] /data is in use by pid 7'), '[embedded] /data is in use by pid 7'],
  [coded('EACCES', "EACCES: mkdir '/data'\nmore"), "[start] EACCES: mkdir '/data'"],
  [new QueryApiError('timeout', 'http://a', 'timeout'), '[start] http://a: timeout'],
  [coded('ERR_X', 'odd'), 'Something broke that should not: odd'],
  [new TypeError('odd\nat a'), 'Something broke that should not: odd'],
  ['text', 'Something broke that should not: text'],
])('%#: one line', (error, line) => {
  expect(errorText(error, 'start', speaker('en'))).toBe(line);
});
