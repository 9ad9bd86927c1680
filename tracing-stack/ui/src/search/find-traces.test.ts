import type { TraceJson } from '@spoor/analysis';
import { describe, expect, test } from 'vitest';
import { QueryError } from '../api/query-client.ts';
import { findTraces, namedTraces } from './find-traces.ts';
import { sortTraces } from './found-trace.ts';
import { DEFAULT_QUERY } from './search-query.ts';

function trace(traceID: string, startTime: number, duration: number, spanCount = 1): TraceJson {
  const spans = Array.from({ length: spanCount }, (_, i) => ({
    traceID,
    spanID: `${i}`,
    operationName: 'op',
    references: i === 0 ? [] : [{ refType: 'CHILD_OF' as const, traceID, spanID: '0' }],
    startTime,
    duration,
    processID: 'p1',
  }));
  return { traceID, spans, processes: { p1: { serviceName: 'a' } } };
}

/** Answers by service, and keeps what it was asked. */
function server(answers: Record<string, TraceJson[]>, refusal?: QueryError) {
  const asked: string[] = [];
  let most = 0;
  let atOnce = 0;
  return {
    asked,
    /** Requests that were under way together. */
    most: () => most,
    traces: async (search: URLSearchParams) => {
      const ofAll = search.get('allServices') === 'true';
      asked.push(ofAll ? 'all' : (search.get('service') ?? ''));
      if (ofAll && refusal) throw refusal;
      most = Math.max(most, ++atOnce);
      await Promise.resolve();
      atOnce--;
      const found = ofAll ? Object.values(answers).flat() : answers[search.get('service') ?? ''];
      return found ?? [];
    },
  };
}

/** As Jaeger's query service says it, and ours of a store behind Jaeger's protocol. */
const REFUSALS = [
  new QueryError("parameter 'service' is required", 400),
  new QueryError("[grpc] Jaeger's storage protocol has no search across services", 501),
];

const now = new Date(0);
const ids = (traces: readonly { traceId: string }[]) => traces.map(({ traceId }) => traceId);

test('one service is asked for if one is chosen', async () => {
  const client = server({ a: [trace('1', 10, 1), trace('2', 20, 1)], b: [trace('3', 30, 1)] });
  const found = await findTraces(client, { ...DEFAULT_QUERY, service: 'a' }, ['a', 'b'], now);
  expect(client.asked).toEqual(['a']);
  expect(ids(found)).toEqual(['2', '1']);
});

test('all services are asked for at once, newest first, within the limit', async () => {
  const client = server({ a: [trace('1', 10, 1), trace('2', 20, 1)], b: [trace('3', 30, 1)] });
  const two = { ...DEFAULT_QUERY, limit: 2 };
  expect(ids(await findTraces(client, two, ['a', 'b'], now))).toEqual(['3', '2']);
  expect(client.asked).toEqual(['all']);
});

describe.each(REFUSALS)('where the answer to that is $code', (refusal) => {
  test('each is asked; a trace that several took part in comes once', async () => {
    const both = trace('2', 20, 1);
    const client = server({ a: [trace('1', 10, 1), both], b: [both, trace('3', 30, 1)] }, refusal);
    expect(ids(await findTraces(client, DEFAULT_QUERY, ['a', 'b'], now))).toEqual(['3', '2', '1']);
    expect(client.asked).toEqual(['all', 'a', 'b']);
    const two = { ...DEFAULT_QUERY, limit: 2 };
    expect(ids(await findTraces(client, two, ['a', 'b'], now))).toEqual(['3', '2']);
  });

  test('of forty services sixteen are asked at a time', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `svc-${i}`);
    const answers = names.map((name, i) => [name, [trace(`${i}`, i, 1)]] as [string, TraceJson[]]);
    const client = server(Object.fromEntries(answers), refusal);
    const found = await findTraces(client, { ...DEFAULT_QUERY, limit: 30 }, names, now);
    expect(ids(found)).toEqual(Array.from({ length: 30 }, (_, i) => `${39 - i}`));
    expect(client.asked).toEqual(['all', ...names]);
    expect(client.most()).toBe(16);
  });
});

test.each([
  new QueryError("malformed 'tags' parameter", 400),
  new QueryError('the store is away', 503),
])('what else is wrong is asked once and told: $message', async (refusal) => {
  const client = server({}, refusal);
  await expect(findTraces(client, DEFAULT_QUERY, ['a', 'b'], now)).rejects.toBe(refusal);
  expect(client.asked).toEqual(['all']);
});

test('traces that are named come whatever their service, and those that are not there are told', async () => {
  const asked: string[] = [];
  const client = {
    traces: async (search: URLSearchParams) => {
      asked.push(String(search));
      return [trace('0000000000000e44', 10, 1), trace('0000000000000e45', 20, 1)];
    },
  };
  const { traces, missing } = await namedTraces(client, ['E44', 'e45', 'e46', 'e46']);
  expect(asked).toEqual(['traceID=E44&traceID=e45&traceID=e46&traceID=e46']);
  expect(ids(traces)).toEqual(['0000000000000e45', '0000000000000e44']);
  expect(missing).toEqual(['e46']);
});

test('the longest stay within the limit if the longest are asked for', async () => {
  const client = server({ a: [trace('1', 10, 9)], b: [trace('2', 20, 5), trace('3', 30, 7)] });
  const query = { ...DEFAULT_QUERY, limit: 2, sort: 'longest-first' as const };
  expect(ids(await findTraces(client, query, ['a', 'b'], now))).toEqual(['1', '3']);
});

test('a trace without spans is left out', async () => {
  const client = server({ a: [{ traceID: '1', spans: [], processes: {} }] });
  expect(await findTraces(client, DEFAULT_QUERY, ['a'], now)).toEqual([]);
});

test.each([
  ['newest', ['3', '2', '1']],
  ['longest', ['1', '3', '2']],
  ['spans', ['2', '3', '1']],
  ['errors', ['3', '2', '1']],
] as const)('sorted by %s', async (order, expected) => {
  const client = server({ a: [trace('1', 10, 9), trace('2', 20, 5, 3), trace('3', 30, 5)] });
  const found = await findTraces(client, DEFAULT_QUERY, ['a'], now);
  expect(ids(sortTraces(found, order))).toEqual(expected);
});
