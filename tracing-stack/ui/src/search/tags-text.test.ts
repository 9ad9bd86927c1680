import { expect, test } from 'vitest';
import { formatTags, parseTags } from './tags-text.ts';

test.each([
  ['', {}],
  ['   ', {}],
  ['error=true', { error: 'true' }],
  ['error', { error: 'true' }],
  [
    ' http.status_code=404  span.kind=server ',
    { 'http.status_code': '404', 'span.kind': 'server' },
  ],
  ['http.url=http://localhost:2334/x?a=b', { 'http.url': 'http://localhost:2334/x?a=b' }],
  ['msg="two words" x=1', { msg: 'two words', x: '1' }],
  ['msg="say \\"hi\\" \\\\ now"', { msg: 'say "hi" \\ now' }],
  ['empty= next=1', { empty: '', next: '1' }],
  ['empty=""', { empty: '' }],
  ['厨=房', { 厨: '房' }],
  ['a=1 a=2', { a: '2' }],
])('the tags in `%s`', (text, tags) => {
  expect(parseTags(text)).toEqual(tags);
  expect(parseTags(formatTags(tags))).toEqual(tags);
});

test.each(['=x', 'a="open', 'a="b"c', '"a"=b', 'a=b"c', '{bad', '{bad}', '[a'])(
  '`%s` is not taken for tags',
  (text) => {
    expect(parseTags(text)).toBeUndefined();
  },
);
