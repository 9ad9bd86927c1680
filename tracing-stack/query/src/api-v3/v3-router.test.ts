import { createLogger, createMetrics } from '@spoor/platform';
import type { SpanStore } from '@spoor/storage-api';
import { openStore } from '@spoor/storage-registry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Query, startQuery } from '../query.ts';
import { ask } from '../testing/ask.ts';
import { HOUR, NOW, span, text, write } from '../testing/stored-spans.ts';

const FRONT = { serviceName: 'front', tags: [] };
const BACK = { serviceName: 'back', tags: [] };

const newest = span('a', '1', {
  operationName: 'GET /a',
  tags: [text('env', 'prod'), text('span.kind', 'server')],
});
const below = span('a', '2', {
  references: [{ refType: 'CHILD_OF', traceId: newest.traceId, spanId: newest.spanId }],
  startTime: newest.startTime + 100,
  duration: 2000,
  tags: [text('span.kind', 'client'), { key: 'error', type: 'bool', value: true }],
});
const orphan = span('a', '3', {
  references: [{ refType: 'CHILD_OF', traceId: newest.traceId, spanId: '00000000000000ff' }],
  startTime: newest.startTime + 200,
});
const older = span('b', '4', {
  operationName: 'GET /b',
  startTime: NOW - 2 * HOUR,
  duration: 200_000,
  tags: [text('env', 'test'), text('region', 'x')],
});
const oldest = span('c', '5', { operationName: 'GET /b', startTime: NOW - 3 * HOUR, duration: 0 });

let store: SpanStore;
let query: Query;

beforeAll(async () => {
  store = await openStore({ type: 'memory', clock: () => NOW });
  await write(store, FRONT, newest, older, oldest);
  await write(store, BACK, below, orphan);
  query = await startQuery({
    http: { host: '127.0.0.1', port: 0 },
    store,
    clock: () => NOW / 1000,
    logger: createLogger({ name: 'query', level: 'silent' }),
    metrics: createMetrics(),
  });
});

afterAll(async () => {
  await query.close();
  await store.close();
});

async function answer(path: string) {
  const { status, headers, body } = await ask(query.ports.http, `/api/v3${path}`);
  return { status, type: headers['content-type'], body: JSON.parse(body.toString()) };
}

function parameters(more: Record<string, string>): string {
  const times = {
    'query.start_time_min': time(NOW - 4 * HOUR),
    'query.start_time_max': time(NOW),
    'query.service_name': 'front',
  };
  return String(new URLSearchParams({ ...times, ...more }));
}

function time(micros: number): string {
  return new Date(micros / 1000).toISOString();
}

/** The last digits of the ids of the traces that are found, newest first. */
async function found(more: Record<string, string>): Promise<string> {
  const { body } = await answer(`/traces?${parameters(more)}`);
  const ids = body.result.resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: unknown[] }) =>
    (scopeSpans as { spans: { traceId: string }[] }[]).flatMap(({ spans }) =>
      spans.map(({ traceId }) => traceId.slice(-1)),
    ),
  );
  return [...new Set(ids)].join('');
}

describe('a search by API v3', () => {
  test.each<[string, Record<string, string>, string]>([
    ['for a service', { service_name: 'front' }, 'abc'],
    ['for another', { service_name: 'back' }, 'a'],
    ['for one that is not there', { service_name: 'side' }, ''],
    ['for an operation', { operation_name: 'GET /b' }, 'bc'],
    ["for another service's operation", { service_name: 'back', operation_name: 'GET /b' }, ''],
    ['from a time on', { start_time_min: time(NOW - 2 * HOUR) }, 'ab'],
    ['up to a time', { start_time_max: time(NOW - 2 * HOUR) }, 'bc'],
    ['for at most one trace', { num_traces: '1' }, 'a'],
    ['for at most two', { search_depth: '2' }, 'ab'],
    ['for any number', { num_traces: '0' }, 'abc'],
    ['for long spans', { duration_min: '200ms' }, 'b'],
    ['for short spans', { duration_max: '999us' }, 'c'],
    ['for spans of a length', { duration_min: '1ms', duration_max: '1ms' }, 'a'],
    ['for a tag', { attributes: '{"env":"test"}' }, 'b'],
    ['for two tags', { attributes: '{"env":"test","region":"x"}' }, 'b'],
    ['for two tags of which one is not there', { attributes: '{"env":"prod","region":"x"}' }, ''],
  ])('%s', async (_, asked, ids) => {
    const camel = (name: string) => name.replace(/_(.)/g, (__, letter) => letter.toUpperCase());
    for (const spelled of [(name: string) => name, camel]) {
      const named = Object.entries(asked).map(([name, value]) => [`query.${spelled(name)}`, value]);
      expect([spelled, await found(Object.fromEntries(named))]).toEqual([spelled, ids]);
    }
  });

  test('for no service finds nothing, as with Jaeger', async () => {
    expect(await found({ 'query.service_name': '' })).toBe('');
  });

  // Which words each wrong parameter is refused with: ../parameters/v3-query.test.ts.
  test.each(['/traces', '/trace-summaries'])('%s refuses wrong parameters', async (path) => {
    const { status, type, body } = await answer(
      `${path}?${parameters({ 'query.num_traces': '-' })}`,
    );
    expect(status).toBe(400);
    expect(type).toBe('text/plain; charset=utf-8');
    const message =
      'malformed parameter query.num_traces: strconv.Atoi: parsing "-": invalid syntax';
    expect(body).toEqual({ error: { httpCode: 400, message } });
    expect((await answer(path)).body.error.message).toBe(
      'query.start_time_min and query.start_time_max are required',
    );
  });
});

test.each([
  [
    '',
    [
      { name: 'GET /a', spanKind: 'server' },
      { name: 'GET /b', spanKind: 'unspecified' },
    ],
  ],
  ['&span_kind=server', [{ name: 'GET /a', spanKind: 'server' }]],
  ['&spanKind=server&span_kind=client', [{ name: 'GET /a', spanKind: 'server' }]],
  ['&span_kind=client', []],
])('operations of a service and "%s"', async (kind, operations) => {
  expect((await answer(`/operations?service=front${kind}`)).body).toEqual({ operations });
});

describe('trace-summaries', () => {
  test('say of each trace what a list needs, and leave out what is nothing', async () => {
    const { status, type, body } = await answer(`/trace-summaries?${parameters({})}`);
    expect([status, type]).toEqual([200, 'application/json']);
    const nanos = (micros: number) => `${micros}000`;
    expect(body).toEqual({
      summaries: [
        {
          traceId: '0000000000000000000000000000000a',
          rootServiceName: 'front',
          rootOperationName: 'GET /a',
          minStartTimeUnixNano: nanos(newest.startTime),
          maxEndTimeUnixNano: nanos(below.startTime + below.duration),
          spanCount: 3,
          errorSpanCount: 1,
          orphanSpanCount: 1,
          services: [
            { name: 'back', spanCount: 2, errorSpanCount: 1 },
            { name: 'front', spanCount: 1 },
          ],
        },
        {
          traceId: '0000000000000000000000000000000b',
          rootServiceName: 'front',
          rootOperationName: 'GET /b',
          minStartTimeUnixNano: nanos(older.startTime),
          maxEndTimeUnixNano: nanos(older.startTime + older.duration),
          spanCount: 1,
          services: [{ name: 'front', spanCount: 1 }],
        },
        {
          traceId: '0000000000000000000000000000000c',
          rootServiceName: 'front',
          rootOperationName: 'GET /b',
          minStartTimeUnixNano: nanos(oldest.startTime),
          maxEndTimeUnixNano: nanos(oldest.startTime),
          spanCount: 1,
          services: [{ name: 'front', spanCount: 1 }],
        },
      ],
    });
  });

  test('are of the traces that were asked for', async () => {
    const asked = parameters({ 'query.serviceName': 'back', 'query.searchDepth': '1' });
    const { body } = await answer(`/trace-summaries?${asked}`);
    expect(body.summaries.map(({ spanCount }: { spanCount: number }) => spanCount)).toEqual([3]);
    const none = parameters({ 'query.serviceName': 'side' });
    expect((await answer(`/trace-summaries?${none}`)).body).toEqual({ summaries: [] });
  });
});
