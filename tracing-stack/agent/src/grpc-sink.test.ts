import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { captures } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { decodeEmitBatch, decodePostSpansRequest } from '@spoor/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { grpcReporter } from './grpc-reporter.ts';
import type { GrpcSinkOptions } from './grpc-sink.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const BATCH = decodeEmitBatch(
  captures(6831).find(({ name }) => name.startsWith('go-kitchen-udp/'))?.bytes as Uint8Array,
);
const host = '127.0.0.1';
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A collector that answers with `statuses` in turn, then OK, and keeps the requests that it answered OK. */
async function fakeCollector(statuses: status[] = [], port = 0, maxMessageBytes = -1) {
  const requests: Buffer[] = [];
  const service: ServiceDefinition = {
    PostSpans: {
      path: '/jaeger.api_v2.CollectorService/PostSpans',
      requestStream: false,
      responseStream: false,
      requestSerialize: (bytes: Buffer) => bytes,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: () => Buffer.alloc(0),
      responseDeserialize: () => ({}),
    },
  };
  const server = new Server({ 'grpc.max_receive_message_length': maxMessageBytes });
  server.addService(service, {
    PostSpans(call: ServerUnaryCall<Buffer, object>, callback: sendUnaryData<object>) {
      const code = statuses.shift() ?? status.OK;
      if (code !== status.OK) return callback({ code, details: 'as told' });
      requests.push(call.request);
      return callback(null, {});
    },
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, p) =>
      error ? reject(error) : resolve(p),
    );
  });
  const collector = { port: bound, requests, close: () => server.forceShutdown() };
  open.push(collector);
  return collector;
}

function startSink(ports: number[], options: Partial<GrpcSinkOptions> = {}) {
  const metrics = createMetrics();
  const { sink } = grpcReporter({
    collectors: ports.map((port) => ({ host, port })),
    logger: createLogger({ name: 'agent', level: 'silent' }),
    metrics,
    minBackoffMs: 1,
    maxBackoffMs: 20,
    ...options,
  });
  open.push(sink);
  return { sink, metrics };
}

test('a batch arrives as the spans that it held', async () => {
  const collector = await fakeCollector();
  const { sink, metrics } = startSink([collector.port]);
  await sink.deliver(BATCH);
  expect(decodePostSpansRequest(collector.requests[0] as Buffer).spans()).toEqual(BATCH.spans());
  expect(await metrics.text()).toContain(
    'jaeger_agent_connection_status_collector_connected{protocol="grpc"} 1',
  );
});

describe('an answer that may change is asked for again', () => {
  test.each(['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED', 'ABORTED'] as const)(
    '%s',
    async (name) => {
      const collector = await fakeCollector([status[name], status[name]]);
      const { sink, metrics } = startSink([collector.port]);
      await sink.deliver(BATCH);
      expect(collector.requests).toHaveLength(1);
      expect(await metrics.text()).toContain(
        `spoor_agent_reporter_retries_total{code="${name}"} 2`,
      );
    },
  );
});

test('with a bound on that, a batch is given up at it', async () => {
  const collector = await fakeCollector(Array(3).fill(status.UNAVAILABLE));
  const { sink, metrics } = startSink([collector.port], { maxRetries: 2 });
  await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'refused' });
  expect(await metrics.text()).toContain(
    'spoor_agent_reporter_retries_total{code="UNAVAILABLE"} 2',
  );
  await sink.deliver(BATCH);
  expect(collector.requests).toHaveLength(1);
});

describe('an answer for good is not', () => {
  test.each(['INVALID_ARGUMENT', 'INTERNAL', 'UNIMPLEMENTED'] as const)('%s', async (name) => {
    const collector = await fakeCollector([status[name]]);
    const { sink } = startSink([collector.port]);
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({
      code: 'refused',
      message: `[agent] 127.0.0.1:${collector.port} answered ${name}: as told`,
    });
    await sink.deliver(BATCH);
    expect(collector.requests).toHaveLength(1);
  });
});

test('a batch larger than the collector takes is given up, and the next one goes through', async () => {
  const collector = await fakeCollector([], 0, 1000);
  const { sink } = startSink([collector.port], { maxCalls: 1 });
  const small = captures(6831).find(({ name }) => name.startsWith('go-seed-http-udp/'));
  const results = await Promise.allSettled([
    sink.deliver(BATCH),
    sink.deliver(decodeEmitBatch(small?.bytes as Uint8Array)),
  ]);
  expect(results).toMatchObject([
    { status: 'rejected', reason: { code: 'refused' } },
    { status: 'fulfilled' },
  ]);
});

test('what was sent while the collector was away arrives when it is there', async () => {
  const { port, close } = await fakeCollector();
  close();
  const { sink, metrics } = startSink([port]);
  const delivered = Promise.all(Array.from({ length: 50 }, () => sink.deliver(BATCH)));
  await vi.waitFor(
    async () =>
      expect(await metrics.text()).toContain(
        'spoor_agent_reporter_retries_total{code="UNAVAILABLE"}',
      ),
    SOON,
  );
  const collector = await fakeCollector([], port);
  await delivered;
  expect(collector.requests).toHaveLength(50);
});

test('of two collectors the one that is there gets everything', async () => {
  const away = await fakeCollector();
  away.close();
  const there = await fakeCollector();
  const { sink } = startSink([away.port, there.port]);
  await Promise.all(Array.from({ length: 10 }, () => sink.deliver(BATCH)));
  expect(there.requests).toHaveLength(10);
});

test('two collectors share the calls', async () => {
  const collectors = [await fakeCollector(), await fakeCollector()];
  const { sink } = startSink(collectors.map(({ port }) => port));
  for (let i = 0; i < 6; i++) await sink.deliver(BATCH);
  expect(collectors.map(({ requests }) => requests.length)).toEqual([3, 3]);
});

test('beyond its room it refuses, and close gives up the rest', async () => {
  const { port, close } = await fakeCollector();
  close();
  const { sink } = startSink([port], { maxCalls: 1, queueBytes: BATCH.bytes.length });
  const underWay = expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'closed' });
  const waiting = expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'closed' });
  await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'full' });
  await sink.close();
  await Promise.all([underWay, waiting]);
  await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'closed' });
});

test('close does not wait for the next attempt', async () => {
  const { port, close } = await fakeCollector();
  close();
  const hour = 3_600_000;
  const { sink, metrics } = startSink([port], { minBackoffMs: hour, maxBackoffMs: hour });
  const givenUp = expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'closed' });
  const paused = 'spoor_agent_reporter_retries_total{code="UNAVAILABLE"} 1';
  await vi.waitFor(async () => expect(await metrics.text()).toContain(paused), SOON);
  await sink.close();
  await givenUp;
});
