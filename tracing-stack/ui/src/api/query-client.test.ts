import { expect, test } from 'vitest';
import { exactInteger, QueryError, queryClient } from './query-client.ts';

/** A server that gives one answer, and keeps the addresses it was asked for. */
function server(status: number, body: string) {
  const asked: string[] = [];
  const fetch = async (url: URL | RequestInfo) => {
    asked.push(String(url));
    return new Response(body, { status });
  };
  return { asked, client: queryClient('http://host/base/', fetch) };
}

const envelope = (data: unknown, errors: unknown = null) =>
  JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors });

test('names come in order; a store without any answers null', async () => {
  expect(await server(200, envelope(['b', 'a'])).client.services()).toEqual(['a', 'b']);
  expect(await server(200, envelope(null)).client.services()).toEqual([]);
  expect(await server(200, envelope(null)).client.traces(new URLSearchParams())).toEqual([]);
});

test.each([
  ['9223372036854775807', '9223372036854775807'],
  ['-9007199254740993', '-9007199254740993'],
  ['9007199254740991', 9007199254740991],
  ['1e300', 1e300],
])('of the integer %s nothing is lost', (source, shown) => {
  expect(exactInteger('value', JSON.parse(source), { source })).toBe(shown);
});

test('everything is asked for below the base', async () => {
  const { asked, client } = server(200, envelope([]));
  await client.services();
  await client.operations('a/b c');
  await client.traces(new URLSearchParams({ service: 'a b' }));
  await client.trace('1f');
  expect(asked).toEqual([
    'http://host/base/api/services',
    'http://host/base/api/services/a%2Fb%20c/operations',
    'http://host/base/api/traces?service=a+b',
    'http://host/base/api/traces/1f',
  ]);
});

test.each([
  [
    'says it in its envelope',
    404,
    envelope(null, [{ code: 404, msg: 'trace not found' }]),
    'trace not found',
  ],
  ['says it with status 200', 200, envelope(null, [{ msg: 'a' }, { msg: 'b' }]), 'a; b'],
  ['says nothing', 503, '{}', 'HTTP 503'],
  ['is a proxy without JSON', 502, '<html>', 'HTTP 502, and the answer is not JSON'],
  ['answers null', 500, 'null', 'HTTP 500'],
])('a server that refuses and %s', async (_how, status, body, message) => {
  const failure = await server(status, body)
    .client.trace('1')
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(QueryError);
  expect(failure).toMatchObject({ message, code: status });
});

test('a server that does not answer is named', async () => {
  const client = queryClient('http://host/', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(client.services()).rejects.toMatchObject({
    message: 'no answer from http://host',
    code: 0,
  });
});

test('errors beside data do not hide the data', async () => {
  const body = envelope([{ traceID: '1' }], [{ msg: 'trace not found', traceID: '2' }]);
  expect(await server(200, body).client.traces(new URLSearchParams())).toEqual([{ traceID: '1' }]);
});
