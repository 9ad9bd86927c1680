import { expect, test } from 'vitest';
import { speaker } from '../i18n/messages.ts';
import { openText } from './take-off.ts';

test.each([
  [1, '1 of 6 questions is open.'],
  [2, '2 of 6 questions are open.'],
  [6, '6 of 6 questions are open.'],
])('says of %i questions that are open: %s', (count, text) => {
  expect(openText(count, speaker('en'))).toContain(text);
});
