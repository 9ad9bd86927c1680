import { once } from 'node:events';
import { request } from 'node:http';
import type { KeyValue, Span } from '@spoor/model';
import { binaryBatch, encodeBinaryBatch } from '@spoor/wire';
import { afterEach, expect, test, vi } from 'vitest';
import type { CollectorOptions } from './collector.ts';
import { runCollector } from './testing/collector-run.ts';
import { rootSpans } from './testing/root-spans.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: Partial<CollectorOptions> = {}) {
  const run = await runCollector(options);
  open.push(run);
  return run;
}

let ids = 0;

function span(serviceName: string, over: Partial<Span> = {}): Span {
  const spanId = (++ids).toString(16).padStart(16, '0');
  return {
    traceId: spanId,
    spanId,
    operationName: 'op',
    references: [],
    flags: 1,
    startTime: 1,
    duration: 1,
    tags: [],
    logs: [],
    process: { serviceName, tags: [] },
    warnings: [],
    ...over,
  };
}

const LOWERBOUND: KeyValue = { key: 'sampler.type', type: 'string', value: 'lowerbound' };

function posted(...spans: readonly [Span, ...Span[]]): Uint8Array {
  return encodeBinaryBatch(spans[0].process, spans);
}

/** The lines of the counters by service that have counted something, as Jaeger's. */
function counted(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /^jaeger_collector_\w+_total\{.*svc="/.test(line) && !line.endsWith(' 0'))
    .sort();
}

test('spans and traces are counted by service, debug and sampler as a real collector counted these', async () => {
  const { postHttp, metrics } = await start();
  const parent = span('gamma2');
  const { traceId, spanId } = parent;
  const child = span('gamma2', {
    traceId,
    references: [{ refType: 'CHILD_OF', traceId, spanId }],
  });
  await postHttp(posted(span('Gamma__Ü.1')));
  await postHttp(
    posted(parent, child, span('gamma2', { tags: [LOWERBOUND] }), span('gamma2', { flags: 3 })),
  );
  await postHttp(posted(span('')));
  const received = 'jaeger_collector_spans_received_total';
  const begun = 'jaeger_collector_traces_received_total';
  const saved = 'jaeger_collector_spans_saved_by_svc_total';
  const savedTraces = 'jaeger_collector_traces_saved_by_svc_total';
  expect(counted(await metrics.text())).toEqual([
    `${received}{debug="false",format="jaeger",svc="__unknown",transport="http"} 1`,
    `${received}{debug="false",format="jaeger",svc="gamma2",transport="http"} 3`,
    `${received}{debug="false",format="jaeger",svc="gamma___.1",transport="http"} 1`,
    `${received}{debug="true",format="jaeger",svc="gamma2",transport="http"} 1`,
    `${saved}{debug="false",result="ok",svc="empty-service-name"} 1`,
    `${saved}{debug="false",result="ok",svc="gamma2"} 3`,
    `${saved}{debug="false",result="ok",svc="gamma___.1"} 1`,
    `${saved}{debug="true",result="ok",svc="gamma2"} 1`,
    `${begun}{debug="false",format="jaeger",sampler_type="lowerbound",svc="gamma2",transport="http"} 1`,
    `${begun}{debug="false",format="jaeger",sampler_type="unrecognized",svc="__unknown",transport="http"} 1`,
    `${begun}{debug="false",format="jaeger",sampler_type="unrecognized",svc="gamma2",transport="http"} 1`,
    `${begun}{debug="false",format="jaeger",sampler_type="unrecognized",svc="gamma___.1",transport="http"} 1`,
    `${begun}{debug="true",format="jaeger",sampler_type="unrecognized",svc="gamma2",transport="http"} 1`,
    `${savedTraces}{debug="false",result="ok",sampler_type="lowerbound",svc="gamma2"} 1`,
    `${savedTraces}{debug="false",result="ok",sampler_type="unrecognized",svc="empty-service-name"} 1`,
    `${savedTraces}{debug="false",result="ok",sampler_type="unrecognized",svc="gamma2"} 1`,
    `${savedTraces}{debug="false",result="ok",sampler_type="unrecognized",svc="gamma___.1"} 1`,
    `${savedTraces}{debug="true",result="ok",sampler_type="unrecognized",svc="gamma2"} 1`,
  ]);
});

test.each([
  ['a:b', 'a_b'],
  ['a-b', 'a-b'],
  ['A@B', 'a_b'],
  ['a.b/c', 'a.b_c'],
  ['a(b)', 'a_b_'],
  ['ünï', '_n_'],
  ['日本', '日本'],
])('%s is counted as %s, as by a real collector', async (name, svc) => {
  const { postHttp, sum } = await start();
  await postHttp(posted(span(name)));
  expect(await sum('spans_received_total', { svc })).toBe(1);
});

test('names that never end do not make series without end', async () => {
  const { collector, sum, metrics } = await start();
  for (let i = 0; i < 4010; i++)
    await collector.submit(rootSpans('op', 1, [], `name-${i}`), 'proto');
  await collector.submit(rootSpans('op', 1, [], 'x'.repeat(257)), 'proto');
  await collector.submit(rootSpans('op', 1, [], 'name-0'), 'proto');
  expect(await sum('spans_received_total', { svc: 'other-services' })).toBe(11);
  expect(await sum('spans_received_total')).toBe(4012);
  expect(await sum('spans_received_total', { svc: 'name-0' })).toBe(2);
  expect(await sum('spans_serviceNames')).toBe(4000);
  expect(await metrics.text()).not.toContain('xxx');
});

test('what waits is shown, and what has no room is counted as dropped', async () => {
  const { postHttp, store, sum } = await start({ queueSpans: 5 });
  expect(await sum('queue_capacity')).toBe(5);
  store.hold();
  const first = postHttp(posted(span('a'), span('a'), span('a')));
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  expect(await sum('queue_length')).toBe(3);
  expect(await sum('spans_dropped_total')).toBe(0);
  expect((await postHttp(posted(span('a'), span('a'), span('a')))).status).toBe(503);
  expect(await sum('spans_dropped_total')).toBe(3);
  expect(await sum('spans_rejected_total', { svc: 'a' })).toBe(3);
  expect(await sum('traces_rejected_total', { svc: 'a' })).toBe(3);
  store.release();
  expect((await first).status).toBe(202);
  expect(await sum('queue_length')).toBe(0);
});

test('the capacity in spans is without end unless it is given', async () => {
  const { sum } = await start();
  expect(await sum('queue_capacity')).toBe(Number.POSITIVE_INFINITY);
});

test('bytes, services and the times on the way to the store and in it are shown', async () => {
  const { collector, store, sum } = await start();
  const batch = rootSpans('op', 2, []);
  store.hold();
  const stored = collector.submit(batch, 'proto');
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  expect(await sum('in_queue_latency_count')).toBe(1);
  expect(await sum('save_latency_count')).toBe(0);
  store.release();
  await stored;
  await collector.submit(binaryBatch(posted(span('b'), span('b'))), 'jaeger');
  expect(await sum('in_queue_latency_count')).toBe(2);
  expect(await sum('save_latency_count')).toBe(2);
  expect(await sum('spans_serviceNames')).toBe(2);
  const bytes = store.written.reduce((total, one) => total + one.batch.bytes.length, 0);
  expect(await sum('spans_bytes')).toBe(bytes);
});

test('requests to 14268 are timed by method, path and status', async () => {
  const { postHttp, sum } = await start();
  const duration = (labels: Record<string, string>) => sum('http_request_duration_count', labels);
  expect(await duration({ path: 'other' })).toBe(0);
  await postHttp(posted(span('a')), { path: '/api/traces?format=jaeger.thrift' });
  await postHttp(undefined, { method: 'GET', path: '/nowhere' });
  await vi.waitFor(async () => {
    expect(await duration({ method: 'POST', path: '/api/traces', status: '202' })).toBe(1);
    expect(await duration({ method: 'GET', path: '/nowhere', status: '404' })).toBe(1);
  }, SOON);
});

test('a request that its sender gave up has the status 0, and paths without end make no series without end', async () => {
  const { collector, postHttp, sum } = await start();
  const path = '/api/traces';
  const given = request({ port: collector.ports.http, method: 'POST', path });
  given.on('error', () => undefined).setHeader('Content-Type', 'application/x-thrift');
  given.setHeader('Content-Length', 10);
  given.write('x');
  await once(given, 'socket');
  const agents = Array.from({ length: 1005 }, (_, i) => `/path-${i}`);
  for (const one of agents) await postHttp(undefined, { method: 'GET', path: one });
  given.destroy();
  const count = (labels: Record<string, string>) => sum('http_request_duration_count', labels);
  await vi.waitFor(async () => expect(await count({})).toBe(1006), SOON);
  expect(await count({ path: 'other', method: 'other', status: 'other' })).toBe(6);
  expect(await count({ path: '/path-0' })).toBe(1);
});
