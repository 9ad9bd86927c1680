import { gzipSync } from 'node:zlib';
import { captures, exchange, recordedRequests } from '@spoor/fixtures';
import { StorageError } from '@spoor/storage-api';
import { afterEach, describe, expect, test } from 'vitest';
import type { CollectorOptions } from '../collector.ts';
import { type CollectorRun, FREE, runCollector } from '../testing/collector-run.ts';
import { type HttpAnswer, postHttp } from '../testing/post.ts';

const open: CollectorRun[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(
  zipkin: Partial<NonNullable<CollectorOptions['zipkin']>> = {},
  options: Partial<CollectorOptions> = {},
) {
  const run = await runCollector({ ...options, zipkin: { ...FREE, ...zipkin } });
  open.push(run);
  const port = run.collector.ports.zipkin ?? 0;
  const post = (body: Uint8Array | string | undefined, options: Parameters<typeof postHttp>[2]) =>
    postHttp(port, typeof body === 'string' ? Buffer.from(body) : body, options);
  return { ...run, port, post };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const V2 = { path: '/api/v2/spans', headers: JSON_TYPE };
const SPAN = '[{"traceId":"a1","id":"b2","name":"n","timestamp":1}]';

const RECORDED = recordedRequests().filter(({ port }) => port === 9411);

describe('what was asked of a real collector is answered as it answered', () => {
  test.each(RECORDED)('$name: $method $path', async ({ name }) => {
    const { post, store } = await start();
    const recorded = exchange(`collector/${name}`);
    const { method, path, requestHeaders: headers, requestBody } = recorded;
    const answer = await post(requestBody, { method, path, headers });
    expect([answer.status, answer.body]).toEqual([recorded.status, recorded.body]);
    for (const header of ['content-type', 'content-length', 'x-content-type-options', 'vary'])
      expect(answer.headers[header]).toBe(recorded.headers.get(header));
    const isStored = recorded.status === 202 && !/empty|path/.test(name);
    expect(store.written.map(({ format }) => format)).toEqual(isStored ? ['zipkin'] : []);
  });
});

test('what real clients sent is stored, also where Jaeger refuses it', async () => {
  const { port, store, sum } = await start();
  const sent = captures(9411);
  for (const { name, bytes } of sent) {
    const isV1 = /v1|json1|thrift/.test(name);
    const type = /thrift/.test(name) ? 'x-thrift' : /proto/.test(name) ? 'x-protobuf' : 'json';
    const answer = await postHttp(port, bytes, {
      path: isV1 ? '/api/v1/spans' : '/api/v2/spans',
      headers: {
        'Content-Type': `application/${type}; charset=utf-8`,
        ...(bytes[0] === 0x1f && { 'Content-Encoding': 'gzip' }),
      },
    });
    expect([name, answer.status, answer.body]).toEqual([name, 202, '']);
  }
  expect(store.written).toHaveLength(sent.length);
  const spans = store.written.reduce((total, { batch }) => total + batch.index().count, 0);
  expect(await sum('spans_received_total', { format: 'zipkin', transport: 'http' })).toBe(spans);
});

describe('a body may be compressed', () => {
  test.each([
    ['gzip', gzipSync(SPAN), 202],
    ['GZIP', gzipSync(SPAN), 202],
    ['gzip', Buffer.from(SPAN), 202],
    ['identity', Buffer.from(SPAN), 202],
    ['gzip', gzipSync(SPAN).subarray(0, -9), 400],
    ['br', Buffer.from(SPAN), 400],
  ])('%s', async (encoding, body, status) => {
    const { post } = await start();
    const headers = { ...JSON_TYPE, 'Content-Encoding': encoding };
    expect((await post(body, { ...V2, headers })).status).toBe(status);
  });

  test('but not so that a small one becomes a large one', async () => {
    const { post, store, metrics } = await start({ maxBodyBytes: 10_000 });
    const headers = { ...JSON_TYPE, 'Content-Encoding': 'gzip' };
    const answer = await post(gzipSync(Buffer.alloc(1_000_000, 0x20)), { ...V2, headers });
    expect(answer.status).toBe(413);
    expect(store.written).toEqual([]);
    expect(await metrics.text()).toContain('{reason="too-large",transport="http"} 1');
  });
});

test('a store that is full is told of, with when to come again', async () => {
  const { post, store } = await start();
  store.fail(new StorageError('full', 'no room'));
  const answer = await post(SPAN, V2);
  expect(answer.status).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test('too many bodies at once are refused, with when to come again', async () => {
  const { post, store } = await start({}, { queueBytes: 200 });
  store.hold();
  const first = post(SPAN, V2);
  await expect.poll(() => store.held).toBe(1);
  const many = JSON.stringify(
    Array.from({ length: 9 }, (_, i) => ({ traceId: 'a1', id: `${i + 1}` })),
  );
  const answer = await post(many, V2);
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBeDefined();
  store.release();
  expect((await first).status).toBe(202);
});

test('a large body is refused', async () => {
  const { post } = await start({ maxBodyBytes: 10 });
  expect((await post(SPAN, V2)).status).toBe(413);
});

test('nobody listens unless told to', async () => {
  const run = await runCollector();
  open.push(run);
  expect(run.collector.ports).not.toHaveProperty('zipkin');
});

test('a connection is kept, or not', async () => {
  const kept = await start();
  const closed = await start({ keepAlive: false });
  const connection = ({ headers }: HttpAnswer) => headers.connection;
  const agent = { ...V2, headers: { ...JSON_TYPE, Connection: 'keep-alive' } };
  expect(connection(await kept.post(SPAN, agent))).toBe('keep-alive');
  expect(connection(await closed.post(SPAN, agent))).toBe('close');
});

describe('pages of other sites', () => {
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    path: '/api/v2/spans',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type',
    },
  });
  const allowed = ({ headers }: HttpAnswer) => headers['access-control-allow-origin'];

  test('may not send unless they are allowed to', async () => {
    const { post } = await start();
    const answer = await post(undefined, preflight('http://a.example'));
    expect([answer.status, allowed(answer)]).toEqual([400, undefined]);
  });

  test.each([
    [['*'], 'http://a.example', '*'],
    [['http://a.example'], 'http://a.example', 'http://a.example'],
    [['http://*.example'], 'http://a.example', 'http://a.example'],
    [['http://*.example'], 'http://a.example.org', undefined],
    [['http://b.example'], 'http://a.example', undefined],
  ])('allowed %j: %s', async (allowedOrigins, origin, expected) => {
    const { post } = await start({ crossOrigin: { allowedOrigins, allowedHeaders: ['x-own'] } });
    const asked = await post(undefined, preflight(origin));
    expect([asked.status, allowed(asked)]).toEqual([204, expected]);
    expect(asked.headers['access-control-allow-headers']).toBe('x-own');
    const sent = await post(SPAN, { ...V2, headers: { ...JSON_TYPE, Origin: origin } });
    expect([sent.status, allowed(sent)]).toEqual([202, expected]);
  });
});
