import { expect, test } from 'vitest';
import { DEFAULT_QUERY, paramsOfQuery, queryOfParams, timeRange } from './search-query.ts';

const now = new Date('2026-11-22T20:00:00Z');
const nowMicros = now.getTime() * 1e3;
const HOUR = 3_600e6;

test("an address of Jaeger's own UI is read, and written the same", () => {
  const address =
    'end=1795370400000000&limit=20&lookback=1h&maxDuration=3s&minDuration=1.2ms&operation=HTTP+GET' +
    '&service=jaeger-http-client&start=1795366800000000&tags=%7B%22error%22%3A%22true%22%2C%22msg%22%3A%22two+words%22%7D';
  const query = queryOfParams(new URLSearchParams(address));
  expect(query).toEqual({
    service: 'jaeger-http-client',
    operation: 'HTTP GET',
    tags: 'error=true msg="two words"',
    minDuration: '1.2ms',
    maxDuration: '3s',
    lookback: '1h',
    limit: 20,
    start: 1795366800000000,
    end: 1795370400000000,
  });
  expect(paramsOfQuery(query, now).toString()).toBe(address);
});

test.each([
  ['', {}],
  ['operation=all', {}],
  ['limit=0&start=x', {}],
  ['limit=1500', { limit: 1500 }],
  ['maxDuration&minDuration=', {}],
  ['tag=error:true&tag=http.url:http://x', { tags: 'error=true http.url=http://x' }],
  ['tags={"n":4}', { tags: 'n=4' }],
  ['sort=longest-first', { sort: 'longest-first' }],
  ['sort=most-recent', {}],
  ['tags={broken', { tags: '{broken' }],
  ['tags=["a"]', { tags: '["a"]' }],
])('the address ?%s', (address, differs) => {
  expect(queryOfParams(new URLSearchParams(address))).toEqual({ ...DEFAULT_QUERY, ...differs });
});

test.each([
  [{ lookback: '1h' }, nowMicros - HOUR, nowMicros],
  [{ lookback: '2d' }, nowMicros - 48 * HOUR, nowMicros],
  [{ lookback: 'nonsense' }, nowMicros - 48 * HOUR, nowMicros],
  [{ lookback: '1h', end: nowMicros - HOUR }, nowMicros - 2 * HOUR, nowMicros - HOUR],
  [{ lookback: 'custom', start: 5, end: 7 }, 5, 7],
])('%o looks from %d to %d', (query, start, end) => {
  expect(timeRange({ ...DEFAULT_QUERY, ...query }, now)).toEqual({ start, end });
});

test('what is empty is left out of the address', () => {
  expect([...paramsOfQuery(DEFAULT_QUERY, now).keys()]).toEqual([
    'end',
    'limit',
    'lookback',
    'start',
  ]);
});
