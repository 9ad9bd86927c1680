import { expect, test } from 'vitest';
import { unreadable } from './unreadable.ts';

const of = (address: string) => unreadable(new URLSearchParams(address));

test.each([
  'tags={bad',
  'tags={bad}',
  'tags=error="x',
  'tags=["a"]',
  'tags=["a","b"]',
  'tags=7x"',
  'tags={"a":{"b":1}}',
  'tags={"a":[1]}',
  'tag=error',
  'limit=abc',
  'limit=0',
  'limit=-3',
  'limit=20x',
  'limit=1.5',
  'start=x',
  'end=12s',
  'lookback=nonsense',
  'lookback=5y',
])('%s is told and not passed over', (part) => {
  expect(of(part.replace('+', '%2B'))).toEqual([part]);
});

test.each([
  '',
  'tags=',
  'tags={}',
  'tags={"error":"true","n":4,"ok":true}',
  'tags=error=true',
  'tag=error:true&tag=http.url:http://x',
  'limit=1500&lookback=custom&start=5&end=7',
  'maxDuration&minDuration=&limit=',
  'lookback=2d',
  'service=a&operation=all&uiEmbed=v0&unknown={',
])('%s is readable', (address) => {
  expect(of(address)).toEqual([]);
});

test('all that cannot be read is told', () => {
  expect(of('limit=abc&tag=a&tag=b:c&tag=d&tags={')).toEqual([
    'tags={',
    'tag=a',
    'tag=d',
    'limit=abc',
  ]);
});
