import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { captures, exchange, recordedRequests } from '@spoor/fixtures';
import { StorageError } from '@spoor/storage-api';
import { binaryBatch } from '@spoor/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CollectorOptions } from '../collector.ts';
import { type CollectorRun, FREE, NOW, runCollector } from '../testing/collector-run.ts';
import { oneConnection } from '../testing/post.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const BODIES = captures(14268);
const BODY = BODIES[0]?.bytes as Uint8Array;
const COUNT = binaryBatch(BODY).index().count;
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: Partial<CollectorOptions> = {}): Promise<CollectorRun> {
  const run = await runCollector(options);
  open.push(run);
  return run;
}

/** Sends the head of a POST of `length` bytes, and then `body`. */
async function beginPost(port: number, length: number, body: Uint8Array): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  open.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  socket.write('POST /api/traces HTTP/1.1\r\nHost: collector\r\n');
  socket.write(`Content-Type: application/x-thrift\r\nContent-Length: ${length}\r\n\r\n`);
  socket.write(body);
  return socket;
}

const RECORDED = recordedRequests().filter(({ port }) => port === 14268);

describe('what was asked of a real collector is answered as it answered', () => {
  test.each(RECORDED)('$name: $method $path', async ({ name }) => {
    const { postHttp, store } = await start();
    const recorded = exchange(`collector/${name}`);
    const { method, path, requestHeaders: headers, requestBody } = recorded;
    const answer = await postHttp(requestBody, { method, path, headers });
    const said = [recorded.status, recorded.body];
    expect([answer.status, answer.body]).toEqual(said);
    for (const header of ['content-type', 'content-length', 'x-content-type-options'])
      expect(answer.headers[header]).toBe(recorded.headers.get(header));
    const isStored = recorded.status === 202 && name !== 'collector-nospans';
    expect(store.written).toHaveLength(isStored ? 1 : 0);
  });
});

describe('what a client posts is stored as it came', () => {
  test.each(BODIES.map(({ name, bytes }) => [name, bytes] as const))('%s', async (_name, bytes) => {
    const { postHttp, store } = await start();
    expect(await postHttp(bytes)).toMatchObject({ status: 202, body: '' });
    expect(store.written).toHaveLength(1);
    expect(store.written[0]).toMatchObject({ format: 'jaeger', arrivalTime: NOW * 1000 });
    const batch = store.written[0]?.batch;
    expect(batch?.encoding).toBe('jaeger-thrift-binary');
    expect(Buffer.from(bytes).equals(batch?.bytes as Uint8Array)).toBe(true);
  });

  test('also in pieces', async () => {
    const { collector, store } = await start();
    const socket = await beginPost(collector.ports.http, BODY.length, BODY.subarray(0, 1));
    for (let at = 1; at < BODY.length; at += 100) {
      await new Promise((resolve) => setImmediate(resolve));
      socket.write(BODY.subarray(at, at + 100));
    }
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 202 /);
    expect(Buffer.from(BODY).equals(store.written[0]?.batch.bytes as Uint8Array)).toBe(true);
  });
});

test('202 is answered only when the store has acknowledged', async () => {
  const { postHttp, store } = await start();
  store.hold();
  const answered = vi.fn();
  const answer = postHttp(BODY).then(answered);
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  expect(answered).not.toHaveBeenCalled();
  store.release();
  await answer;
  expect(answered).toHaveBeenCalledWith(expect.objectContaining({ status: 202 }));
});

describe('while too much waits for the store senders are told to come back', () => {
  test.each([
    ['bytes', { queueBytes: BODY.length }],
    ['spans', { queueSpans: COUNT }],
  ])('counted in %s', async (_what, limit) => {
    const { postHttp, store, metrics } = await start(limit);
    store.hold();
    const first = postHttp(BODY);
    await vi.waitFor(() => expect(store.held).toBe(1), SOON);
    const refused = await postHttp(BODY);
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body).toMatch(/^Cannot submit Jaeger batch: .* wait for the store\n$/);
    store.release();
    expect((await first).status).toBe(202);
    expect((await postHttp(BODY)).status).toBe(202);
    expect(store.written).toHaveLength(2);
    expect(await metrics.text()).toContain(
      'spoor_collector_batches_rejected_total{reason="queue-full",transport="http"} 1',
    );
  });
});

describe("the store's errors become statuses", () => {
  test.each([
    [new StorageError('full', '[x] no room'), 503],
    [new StorageError('unavailable', '[x] away'), 503],
    [new StorageError('closed', '[x] closed'), 503],
    [new StorageError('corrupt', '[x] cannot be read'), 500],
    [new TypeError('a defect'), 500],
  ])('%s', async (error, status) => {
    const { postHttp, store, sum } = await start();
    store.fail(error);
    const answer = await postHttp(BODY);
    expect(answer).toMatchObject({
      status,
      body: `Cannot submit Jaeger batch: ${error.message}\n`,
    });
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
    expect(await sum('spans_rejected_total', { format: 'jaeger', transport: 'http' })).toBe(COUNT);
  });
});

test('a body above the maximum is refused, and the connection serves on', async () => {
  const { postHttp, store } = await start({ http: { ...FREE, maxBodyBytes: BODY.length } });
  const agent = oneConnection();
  open.push({ close: () => agent.destroy() });
  // More than the two kernels hold, so that it is refused while it is still being sent.
  const refused = await postHttp(new Uint8Array(8 * 1024 * 1024), { agent });
  expect(refused).toMatchObject({
    status: 413,
    body: `Request body is larger than ${BODY.length} bytes\n`,
  });
  expect((await postHttp(BODY, { agent })).status).toBe(202);
  expect(store.written).toHaveLength(1);
});

test('a body that does not end is given up, and nothing of it is stored', async () => {
  const { collector, postHttp, store, metrics } = await start({
    http: { ...FREE, requestTimeoutMs: 100 },
  });
  const slow = await beginPost(collector.ports.http, BODY.length + 1, BODY);
  const [answer] = await once(slow, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
  const aborted = 'spoor_collector_batches_rejected_total{reason="aborted",transport="http"} 1';
  await vi.waitFor(async () => expect(await metrics.text()).toContain(aborted), SOON);
  expect((await postHttp(BODY)).status).toBe(202);
  expect(store.written).toHaveLength(1);
});

test('a body whose sender leaves is counted, and nothing of it is stored', async () => {
  const { collector, postHttp, store, metrics } = await start();
  const socket = await beginPost(collector.ports.http, BODY.length + 1, BODY);
  socket.destroy();
  const aborted = 'spoor_collector_batches_rejected_total{reason="aborted",transport="http"} 1';
  await vi.waitFor(async () => expect(await metrics.text()).toContain(aborted), SOON);
  expect((await postHttp(BODY)).status).toBe(202);
  expect(store.written).toHaveLength(1);
});

test('bodies that are being received are bounded together', async () => {
  const { collector, postHttp } = await start({ queueBytes: BODY.length });
  const slow = await beginPost(collector.ports.http, BODY.length + 1, BODY);
  // The first bytes are known to have arrived once another body has no room beside them.
  await vi.waitFor(async () => expect((await postHttp(BODY)).status).toBe(503), SOON);
  slow.destroy();
  await vi.waitFor(async () => expect((await postHttp(BODY)).status).toBe(202), SOON);
});

describe('close', () => {
  test('waits for what is under way, and refuses what comes then', async () => {
    const { collector, postHttp, store } = await start();
    const agent = oneConnection();
    open.push({ close: () => agent.destroy() });
    await postHttp(BODY, { agent });
    store.hold();
    const last = postHttp(BODY, { agent });
    await vi.waitFor(() => expect(store.held).toBe(1), SOON);
    const closed = collector.close(AbortSignal.timeout(60_000));
    await expect(postHttp(BODY)).rejects.toThrow('ECONNREFUSED');
    store.release();
    expect((await last).status).toBe(202);
    await closed;
    expect(store.written).toHaveLength(2);
  });

  test('does not wait for a sender that is stuck', async () => {
    const { collector } = await start();
    const socket = await beginPost(collector.ports.http, BODY.length + 1, BODY);
    const ended = once(socket, 'close');
    socket.resume().on('error', () => undefined);
    await collector.close(AbortSignal.timeout(100));
    await ended;
  });
});

test('a held port is refused with who holds it', async () => {
  const { collector } = await start();
  const port = collector.ports.http;
  await expect(start({ http: { ...FREE, port } })).rejects.toThrow(
    `[collector] cannot bind 127.0.0.1:${port}: already in use by pid ${process.pid} (`,
  );
});
