import { expect, test } from 'vitest';
import { inWords } from './rule-words.ts';

const TEMPLATES = {
  'A-TAG': { title: '`{key}`', why: '{key} is {actual}', 'why.MISSING': 'no {key}, {unknown}' },
};

test.each([
  [undefined, 'b is c'],
  ['MISSING', 'no b, {unknown}'],
  ['OTHER', 'b is c'],
])('the words of variant %s are filled in', (variant, why) => {
  const params = { key: 'b', actual: 'c' };
  const finding = { rule: 'A-TAG' as const, ...(variant && { variant }), params, expected: 'x' };
  expect(inWords(finding, TEMPLATES)).toEqual({
    rule: 'A-TAG',
    expected: 'x',
    words: { title: '`b`', why },
  });
});

test('a rule without words is told by its name', () => {
  const { words } = inWords({ rule: 'T-EXTRA', params: {} }, TEMPLATES);
  expect(words).toEqual({ title: 'T-EXTRA', why: '' });
});
