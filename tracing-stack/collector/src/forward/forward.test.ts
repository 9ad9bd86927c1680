import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '@spoor/platform';
import { decodeOtlpProto } from '@spoor/wire';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FREE, runCollector } from '../testing/collector-run.ts';
import { rootSpans } from '../testing/root-spans.ts';
import { forwardTarget } from './forward-url.ts';
import { retryAfter } from './http-backend.ts';
import { refuseOwnPort } from './refuse-own-port.ts';
import type { ForwardOptions } from './start-forwarder.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const ok: Answer = (response) => void response.writeHead(200).end();
const status =
  (code: number, headers = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end();
/** A `partial_success` that says that of the spans one was not kept. */
const oneRejected: Answer = (response) =>
  void response.writeHead(200).end(Buffer.from([0x0a, 2, 0x08, 1]));

/** An OTLP backend that answers each request as the next of `answers` does, and the last one for ever. */
async function backend(...answers: Answer[]) {
  const spans: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    headers.push(request.headers);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response, request);
    if (response.statusCode !== 200) return;
    const batch = decodeOtlpProto(Buffer.concat(chunks));
    spans.push(...batch.spans().map(({ operationName }) => operationName));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close().closeAllConnections() });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, headers };
}

async function start(url: string, options: Partial<ForwardOptions> = {}) {
  const run = await runCollector({ forward: { target: forwardTarget(url), ...options } });
  open.push(run);
  const counted = async (result: string) =>
    Number(
      new RegExp(`^spoor_collector_forward_spans_total\\{result="${result}"\\} (\\d+)`, 'm').exec(
        await run.metrics.text(),
      )?.[1],
    );
  const post = async (name: string, spans = 1) =>
    (await run.postHttp(rootSpans(name, spans, []).bytes)).status;
  const closeWithout = async (spans: number) => {
    open.splice(open.indexOf(run), 1);
    const told = `[collector] ${spans} spans are stored, but were not forwarded`;
    await expect(run.close()).rejects.toThrow(told);
  };
  return { ...run, post, counted, closeWithout };
}

describe('a backend over HTTP', () => {
  test.each([
    ['takes spans at once', [ok], { ok: 3, refused: 0, dropped: 0 }],
    ['says 503 first', [status(503), status(429), ok], { ok: 3, refused: 0, dropped: 0 }],
    ['says when to come again', [status(503, { 'Retry-After': '0' }), ok], { ok: 3, refused: 0 }],
    ['refuses them for good', [status(400)], { ok: 0, refused: 3, dropped: 0 }],
    ['keeps all but one', [oneRejected], { ok: 2, refused: 1, dropped: 0 }],
  ] as const)('that %s: each span is counted once', async (_, answers, counts) => {
    const peer = await backend(...answers);
    const { post, counted, store } = await start(peer.url);
    expect(await post('GET /orders', 3)).toBe(202);
    for (const [result, count] of Object.entries(counts)) {
      await vi.waitFor(async () => expect(await counted(result)).toBe(count), 10_000);
    }
    expect(store.written).toHaveLength(1);
    if (counts.ok === 3) expect(peer.spans).toEqual(Array(3).fill('GET /orders'));
  });

  test('gets the headers that it wants, at /v1/traces', async () => {
    const peer = await backend(ok);
    const { post } = await start(peer.url, { headers: new Map([['api-key', 'secret']]) });
    await post('GET /orders');
    await vi.waitFor(() => expect(peer.headers).toHaveLength(1), SOON);
    expect(peer.headers[0]).toMatchObject({
      'api-key': 'secret',
      'content-type': 'application/x-protobuf',
    });
  });

  test('gets nothing that was not stored', async () => {
    const peer = await backend(ok);
    const { post, store } = await start(peer.url);
    store.fail(new Error('no'));
    expect(await post('lost')).toBe(500);
    store.fail(undefined);
    expect(await post('kept')).toBe(202);
    await vi.waitFor(() => expect(peer.spans).toEqual(['kept']), SOON);
  });
});

describe('while the backend is away and its queue is full', () => {
  let nowhere: string;
  beforeAll(async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    nowhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
  });

  test('refuse: senders are told to come back, and nothing is stored that would not go on', async () => {
    const options = { queueBytes: 1, whenFull: 'refuse' } as const;
    const { post, store, counted, closeWithout } = await start(nowhere, options);
    expect(await post('first')).toBe(202);
    expect(await post('second')).toBe(503);
    expect(store.written).toHaveLength(1);
    expect(await counted('dropped')).toBe(0);
    await closeWithout(1);
  });

  test('drop: it is stored all the same, and what does not go on is counted', async () => {
    const options = { queueBytes: 1, whenFull: 'drop' } as const;
    const { post, store, counted, closeWithout } = await start(nowhere, options);
    expect(await post('first')).toBe(202);
    expect(await post('second', 2)).toBe(202);
    expect(store.written).toHaveLength(2);
    expect(await counted('dropped')).toBe(2);
    await closeWithout(1);
  });

  test('a collector that is stopped counts and says what it did not forward', async () => {
    const { post, counted, closeWithout } = await start(nowhere);
    expect(await post('left', 4)).toBe(202);
    await closeWithout(4);
    await vi.waitFor(async () => expect(await counted('dropped')).toBe(4), SOON);
  });
});

test('over gRPC another collector takes them', async () => {
  const other = await runCollector({ otlpGrpc: FREE });
  open.push(other);
  const { post } = await start(`grpc://127.0.0.1:${other.collector.ports.otlpGrpc}`);
  expect(await post('GET /orders', 2)).toBe(202);
  await vi.waitFor(() => expect(other.store.written).toHaveLength(1), 10_000);
  const [stored] = other.store.written;
  expect(stored?.batch.spans().map(({ operationName }) => operationName)).toEqual([
    'GET /orders',
    'GET /orders',
  ]);
});

test.each([
  ['http://host', 'http://host/v1/traces'],
  ['https://host:1/otlp/', 'https://host:1/otlp/v1/traces'],
  ['http://host/v1/traces', 'http://host/v1/traces'],
])('%s is %s', (text, href) => {
  expect(forwardTarget(text)).toMatchObject({ type: 'http', url: { href } });
});

test.each(['host:4318', 'ftp://host', 'grpc://', 'nonsense'])('%s is no backend', (text) => {
  expect(() => forwardTarget(text)).toThrow(RangeError);
});

test.each([
  ['7', 7000],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
  ['soon', undefined],
])('Retry-After: %s', (header, milliseconds) => {
  expect(retryAfter(header, 0)).toBe(milliseconds);
});

test.each(['https://user:pw@host', 'grpc://user@host:4317'])('%s is refused', (text) => {
  expect(() => forwardTarget(text)).toThrow('give them as a header');
});

describe('what can never be sent is told at the start, on one line without secrets', () => {
  test.each([
    ['http://127.0.0.1:4318', 'bad name', 'x'],
    ['http://127.0.0.1:4318', 'key', 'a\nsecret'],
    ['grpc://127.0.0.1:4317', 'bad name', 'x'],
    ['grpc://127.0.0.1:4317', 'key', 'a\nsecret'],
  ])('%s with the header %s', async (url, name, value) => {
    const options = { headers: new Map([[name, value]]) };
    const error = await start(url, options).catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toBe(
      `[collector] "${name}" of --collector.forward.headers cannot be sent as a header`,
    );
  });

  test('an URL of which no request can be made', async () => {
    const target = { type: 'http', url: new URL('http://user:pw@host/v1/traces') } as const;
    const error = await runCollector({ forward: { target } }).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(/^\[collector\] [^\n]*of host$/);
  });
});

test('a port that fetch does not ask is not one that is away', async () => {
  const { post, counted } = await start('http://127.0.0.1:6000');
  expect(await post('GET /orders', 3)).toBe(202);
  await vi.waitFor(async () => expect(await counted('refused')).toBe(3), 10_000);
});

test('a collector does not forward to itself', async () => {
  const first = await runCollector({ otlpHttp: FREE });
  const port = first.collector.ports.otlpHttp as number;
  await first.close();
  const target = forwardTarget(`http://127.0.0.1:${port}`);
  const otlpHttp = { ...FREE, port };
  await expect(runCollector({ otlpHttp, forward: { target } })).rejects.toThrow('itself');
});

test.each([
  ['http://localhost:4318', { otlpHttp: { host: '127.0.0.1', port: 4318 } }],
  ['http://0.0.0.0:4318', { otlpHttp: { host: '127.0.0.1', port: 4318 } }],
  ['http://[::1]:4318', { otlpHttp: { host: '', port: 4318 } }],
  ['http://[::]:4318', { otlpHttp: { host: '127.0.0.1', port: 4318 } }],
  ['http://127.0.0.2', { otlpHttp: { host: '0.0.0.0', port: 80 } }],
  ['https://127.0.0.1', { otlpHttp: { host: '', port: 443 } }],
  ['grpc://0.0.0.0', { otlpGrpc: { host: '127.0.0.1', port: 4317 } }],
  ['grpc://[::]', { otlpGrpc: { host: '127.0.0.1', port: 4317 } }],
])('%s is the collector with %j', async (url, own) => {
  const target = forwardTarget(url);
  await expect(refuseOwnPort({ target }, own)).rejects.toThrow('is this collector itself');
});

test.each([
  ['http://127.0.0.1:4319', { otlpHttp: { host: '127.0.0.1', port: 4318 } }],
  ['grpc://127.0.0.1:4318', { otlpHttp: { host: '127.0.0.1', port: 4318 } }],
  ['http://192.0.2.1:4318', { otlpHttp: { host: '', port: 4318 } }],
])('%s is not the collector with %j', async (url, own) => {
  await expect(refuseOwnPort({ target: forwardTarget(url) }, own)).resolves.toBeUndefined();
});
