import type { Process } from '@spoor/model';
import { createLogger, createMetrics } from '@spoor/platform';
import type { SpanStore } from '@spoor/storage-api';
import { openStore } from '@spoor/storage-registry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Query, startQuery } from '../query.ts';
import { ask } from '../testing/ask.ts';
import { NOW, span, text, write } from '../testing/stored-spans.ts';

const SECOND = 1e6;
const server = text('span.kind', 'server');
const client = text('span.kind', 'client');
const error = { key: 'error', type: 'bool', value: true } as const;

/** Begun so many seconds ago, that many milliseconds long. */
function ago(
  seconds: number,
  duration: number,
  operationName: string,
  ...tags: (typeof server | typeof error)[]
) {
  const id = String(seconds);
  return span(id, id, {
    operationName,
    startTime: NOW - seconds * SECOND,
    duration: duration * 1000,
    tags,
  });
}

let store: SpanStore;
let query: Query;

beforeAll(async () => {
  store = await openStore({ type: 'memory', clock: () => NOW });
  const front = { serviceName: 'front', tags: [] };
  await write(store, front, ago(5, 10, 'get', server), ago(8, 30, 'put', server, error));
  await write(store, front, ago(15, 20, 'get', server), ago(6, 99, 'call', client));
  await write(store, { serviceName: 'back', tags: [] }, ago(7, 40, 'get', server));
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
  const { status, headers, body } = await ask(query.ports.http, `/api/metrics/${path}`);
  return { status, type: headers['content-type'], body: JSON.parse(body.toString()) };
}

/** Two points: now and ten seconds before, each of the ten seconds before it. */
const TWO_POINTS = 'lookback=10000&step=10000&ratePer=10000';

function points(...values: (number | string)[]): object[] {
  const times = ['2026-11-22T18:00:23Z', '2026-11-22T18:00:33Z'];
  return values.map((doubleValue, index) => ({
    gaugeValue: { doubleValue },
    timestamp: times[index],
  }));
}

const service = (value: string) => ({ name: 'service_name', value });
const operation = (value: string) => ({ name: 'operation', value });

test('calls a second, of each service', async () => {
  expect(await answer(`calls?service=front&service=back&${TWO_POINTS}`)).toEqual({
    status: 200,
    type: 'application/json',
    body: {
      name: 'service_call_rate',
      type: 'GAUGE',
      help: 'calls/sec, grouped by service',
      metrics: [
        { labels: [service('back')], metricPoints: points(0, 0.1) },
        { labels: [service('front')], metricPoints: points(0.1, 0.2) },
      ],
    },
  });
});

test('the share of calls that failed, of each operation', async () => {
  const { body } = await answer(`errors?service=front&groupByOperation=true&${TWO_POINTS}`);
  expect(body).toEqual({
    name: 'service_operation_error_rate',
    type: 'GAUGE',
    help: 'error rate, computed as a fraction of errors/sec over calls/sec, grouped by service & operation',
    metrics: [
      { labels: [operation('get'), service('front')], metricPoints: points(0, 0) },
      { labels: [operation('put'), service('front')], metricPoints: points('NaN', 1) },
    ],
  });
});

test('calls from one service to another, told apart by the one that called', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((serviceName) => ({ serviceName, tags: [] }));
  const at = (seconds: number) => NOW - seconds * SECOND;
  const childOf = (spanId: string) => [
    { refType: 'CHILD_OF' as const, traceId: '0000000000000900', spanId: spanId.padStart(16, '0') },
  ];
  const call = (id: string, parent: string, duration: number, ...tags: (typeof error)[]) =>
    span('900', id, {
      startTime: at(4),
      duration: duration * 1000,
      references: childOf(parent),
      tags,
    });
  const root = (id: string) => span('900', id, { startTime: at(4) });
  await write(store, a as Process, root('a1'));
  await write(store, b as Process, root('b1'));
  // One that is called by its own service is no call.
  await write(store, c as Process, call('c1', 'a1', 20), call('c2', 'a1', 40, error));
  await write(store, c as Process, call('c3', 'b1', 30), call('c4', 'c1', 99));
  const all = ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'];
  const asked = `service=c&groupByCaller=true&${all.map((kind) => `spanKind=${kind}`).join('&')}`;
  const ONE_POINT = 'lookback=1&step=10000&ratePer=10000';
  const caller = (value: string) => ({ name: 'caller', value });
  const values = ({ metrics }: { metrics: { metricPoints: unknown[] }[] }) =>
    metrics.map(({ metricPoints: [first] }) => pointValue(first as never));
  const errors = (await answer(`errors?${asked}&${ONE_POINT}`)).body;
  expect(errors.name).toBe('service_caller_error_rate');
  expect(errors.metrics.map(({ labels }: { labels: object[] }) => labels)).toEqual([
    [caller('a'), service('c')],
    [caller('b'), service('c')],
  ]);
  expect(values(errors)).toEqual([0.5, 0]);
  const latencies = (await answer(`latencies?quantile=0.95&${asked}&${ONE_POINT}`)).body;
  // 95 of 100 parts of the way from 20 to 40.
  expect(values(latencies)).toEqual([39, 30]);
});

test('how many milliseconds a share of the calls took at most', async () => {
  const { body } = await answer(`latencies?service=front&quantile=0.5&${TWO_POINTS}`);
  expect(body).toEqual({
    name: 'service_latencies',
    type: 'GAUGE',
    help: '0.50th quantile latency, grouped by service',
    metrics: [{ labels: [service('front')], metricPoints: points(20, 20) }],
  });
});

test.each<[string, string, (number | string)[]]>([
  ['the kind of span', 'spanKind=client', [0, 0.1]],
  ['several kinds', 'spanKind=client&spanKind=server', [0.1, 0.3]],
  ['the time of the last point', `endTs=${NOW / 1000 - 10_000}`, [0, 0.1]],
  ['the time before a point', 'ratePer=20000', [0.05, 0.15]],
])('goes by %s', async (_, more, values) => {
  // What is given first counts.
  const { body } = await answer(`calls?service=front&${more}&${TWO_POINTS}`);
  expect(body.metrics[0].metricPoints.map(pointValue)).toEqual(values);
});

test('goes by the lookback and the step', async () => {
  const { body } = await answer('calls?service=front&lookback=20000&step=5000&ratePer=5000');
  expect(body.metrics[0].metricPoints.map(pointValue)).toEqual([0, 0.2, 0, 0.4, 0]);
});

test('a service without calls has no series', async () => {
  expect((await answer('calls?service=side')).body.metrics).toEqual([]);
});

test('the shortest step is a millisecond', async () => {
  expect((await answer('minstep')).body).toMatchObject({ data: 1, errors: null });
});

function pointValue({ gaugeValue }: { gaugeValue: { doubleValue: number | string } }) {
  return gaugeValue.doubleValue;
}
