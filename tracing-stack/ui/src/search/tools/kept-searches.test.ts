import { expect, test } from 'vitest';
import { forgetSearch, keepSearch, keptSearches, parseKept } from './kept-searches.ts';

const search = 'service=a&lookback=1h';

test.each<[string, string | null, unknown[]]>([
  ['nothing', null, []],
  ['one', JSON.stringify([{ name: 'a', search }]), [{ name: 'a', search }]],
  ['no JSON', '[{', []],
  ['no list', '{"name":"a"}', []],
  [
    'a list with something else in it',
    '[null, 1, {"name":"a"}, {"name":"a","search":"b"}]',
    [{ name: 'a', search: 'b' }],
  ],
])('%s that was kept is read', (_what, text, kept) => {
  expect(parseKept(text)).toEqual(kept);
});

test('a search is kept by its name, once, and forgotten by it', () => {
  keepSearch({ name: 'a', search });
  keepSearch({ name: 'b', search });
  keepSearch({ name: 'a', search: 'service=c' });
  expect(keptSearches.value).toEqual([
    { name: 'b', search },
    { name: 'a', search: 'service=c' },
  ]);
  forgetSearch('b');
  forgetSearch('a');
  expect(keptSearches.value).toEqual([]);
});
