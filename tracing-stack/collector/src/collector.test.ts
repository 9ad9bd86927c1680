import { once } from 'node:events';
import { connect } from 'node:http2';
import { Server } from '@grpc/grpc-js';
import { captures } from '@spoor/fixtures';
import { StorageError } from '@spoor/storage-api';
import { decodePostSpansRequest } from '@spoor/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CollectorOptions } from './collector.ts';
import { type CollectorRun, FREE, NOW, runCollector } from './testing/collector-run.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const REQUESTS = captures(14250);
const REQUEST = REQUESTS[0]?.bytes as Uint8Array;
const open: CollectorRun[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: Partial<CollectorOptions> = {}) {
  const run = await runCollector(options);
  open.push(run);
  return { ...run, post: run.postGrpc };
}

describe('what an agent or a client posts is stored as it came', () => {
  test.each(REQUESTS.map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    async (_name, bytes) => {
      const { store, post } = await start();
      expect(await post(bytes)).toEqual({ code: 'OK', details: '' });
      expect(store.written).toHaveLength(1);
      expect(store.written[0]).toMatchObject({ format: 'proto', arrivalTime: NOW * 1000 });
      expect(store.written[0]?.batch.spans()).toEqual(decodePostSpansRequest(bytes).spans());
    },
  );
});

test('OK is answered only when the store has acknowledged', async () => {
  const { store, post } = await start();
  store.hold();
  const answered = vi.fn();
  const answer = post(REQUEST).then(answered);
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  expect(answered).not.toHaveBeenCalled();
  store.release();
  await answer;
  expect(answered).toHaveBeenCalledWith({ code: 'OK', details: '' });
});

test('while too much waits for the store senders are told to come back', async () => {
  const { store, metrics, post } = await start({ queueBytes: REQUEST.length });
  store.hold();
  const first = post(REQUEST);
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  expect((await post(REQUEST)).code).toBe('RESOURCE_EXHAUSTED');
  store.release();
  expect((await first).code).toBe('OK');
  expect((await post(REQUEST)).code).toBe('OK');
  expect(store.written).toHaveLength(2);
  expect(await metrics.text()).toContain(
    'spoor_collector_batches_rejected_total{reason="queue-full",transport="grpc"} 1',
  );
});

describe('bad bytes are refused and counted, and the next batch is stored', () => {
  test.each([
    ['a length beyond the end', [0x0a, 0x05]],
    ['a negative length', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['an endless varint', Array(20).fill(0xff)],
    ['a Thrift message', [0x82, 0x21, 0x00, 0x09]],
    ['a batch cut in its middle', [...REQUEST.subarray(0, REQUEST.length - 1)]],
  ])('%s', async (_name, bytes) => {
    const { store, metrics, post } = await start();
    const answer = await post(Uint8Array.from(bytes));
    expect(answer.code).toBe('INVALID_ARGUMENT');
    expect(answer.details).toMatch(/^\[wire\] .* at byte \d+$/);
    expect((await post(REQUEST)).code).toBe('OK');
    expect(store.written).toHaveLength(1);
    expect(await metrics.text()).toContain(
      'spoor_collector_batches_rejected_total{reason="unreadable",transport="grpc"} 1',
    );
  });
});

describe("the store's errors become statuses", () => {
  test.each([
    [new StorageError('full', '[x] no room'), 'RESOURCE_EXHAUSTED'],
    [new StorageError('unavailable', '[x] away'), 'UNAVAILABLE'],
    [new StorageError('closed', '[x] closed'), 'UNAVAILABLE'],
    [new StorageError('corrupt', '[x] cannot be read'), 'INTERNAL'],
    [new TypeError('a defect'), 'INTERNAL'],
  ])('%s', async (error, code) => {
    const { store, sum, post } = await start();
    store.fail(error);
    expect(await post(REQUEST)).toEqual({ code, details: error.message });
    const count = decodePostSpansRequest(REQUEST).index().count;
    expect(await sum('spans_saved_by_svc_total', { result: 'err' })).toBe(count);
    const refused = { format: 'proto', transport: 'grpc' };
    expect(await sum('spans_rejected_total', refused)).toBe(count);
  });
});

test('a message above the maximum is refused', async () => {
  const { store, post } = await start({ grpc: { ...FREE, maxMessageBytes: REQUEST.length - 1 } });
  expect((await post(REQUEST)).code).toBe('RESOURCE_EXHAUSTED');
  expect((await post(new Uint8Array())).code).toBe('OK');
  expect(store.written).toHaveLength(0);
});

test.each([
  [40_500, 40],
  [1000, 32],
])(
  'with room for %d bytes a sender may have so many messages under way: %d',
  async (queueBytes, calls) => {
    const { collector } = await start({ grpc: { ...FREE, maxMessageBytes: 1000 }, queueBytes });
    const session = connect(`http://127.0.0.1:${collector.ports.grpc}`);
    const [settings] = await once(session, 'remoteSettings');
    session.destroy();
    expect(settings).toMatchObject({ maxConcurrentStreams: calls });
  },
);

test('a batch from the same process takes the same way and is counted apart', async () => {
  const { collector, store, sum } = await start();
  const batch = decodePostSpansRequest(REQUEST);
  await collector.submit(batch, 'jaeger');
  expect(store.written).toMatchObject([{ batch, format: 'jaeger', addedTags: [] }]);
  const way = { format: 'jaeger', transport: 'in-process' };
  expect(await sum('spans_received_total', way)).toBe(batch.index().count);
});

test('a batch gets the tags of its collector', async () => {
  const tags = [{ key: 'zone', type: 'string', value: 'eu' }] as const;
  const { store, post } = await start({ tags });
  await post(REQUEST);
  expect(store.written).toMatchObject([{ format: 'proto', addedTags: tags }]);
});

test('who came is noted by the port at which he came', async () => {
  const { collector, metrics, post } = await start();
  await post(REQUEST);
  const [entry] = metrics.doors.list();
  expect(entry?.door).toBe(`gRPC ${collector.ports.grpc}, jaeger.api_v2 from agents`);
});

test('close waits for what is under way and refuses what comes then', async () => {
  const { collector, store } = await start();
  const batch = decodePostSpansRequest(REQUEST);
  store.hold();
  const first = collector.submit(batch, 'proto');
  const closing = collector.close(AbortSignal.timeout(60_000));
  await expect(collector.submit(batch, 'proto')).rejects.toMatchObject({ code: 'closing' });
  store.release();
  await Promise.all([first, closing]);
  expect(store.written).toHaveLength(1);
});

test('close waits for what is under way although a port fails to close', async () => {
  const { collector, store } = await start();
  open.pop();
  store.hold();
  const first = collector.submit(decodePostSpansRequest(REQUEST), 'proto');
  const order: string[] = [];
  const shutdown = vi.spyOn(Server.prototype, 'tryShutdown');
  shutdown.mockImplementationOnce(function (this: Server) {
    this.forceShutdown();
    throw new Error('cannot close');
  });
  const closed = collector.close(AbortSignal.timeout(60_000)).catch(({ message }) => {
    order.push(message);
  });
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 100))]);
  order.push('released');
  store.release();
  await Promise.all([first, closed]);
  expect(order).toEqual(['released', 'cannot close']);
  shutdown.mockRestore();
});

test('a held port is refused with who holds it', async () => {
  const { collector } = await start();
  const port = collector.ports.grpc;
  await expect(start({ grpc: { ...FREE, port } })).rejects.toThrow(
    `[collector] cannot bind 127.0.0.1:${port}: already in use by pid ${process.pid} (`,
  );
});

test('with no host it takes calls on every interface', async () => {
  const { post } = await start({ grpc: { host: '', port: 0 } });
  expect((await post(REQUEST)).code).toBe('OK');
});
