import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Span } from '@spoor/model';
import { createLogger } from '@spoor/platform';
import { type Arrivals, StorageError } from '@spoor/storage-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LiveTail, liveTail } from './live-tail.ts';

/** As a reader's arrivals are, over a list. */
const stored: Span[] = [];
let failure: Error | undefined;
let asked: number;
const reader = {
  async arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    asked++;
    if (failure) throw failure;
    const from = cursor === undefined ? stored.length : Number(cursor);
    const spans = stored.slice(from, from + limit);
    return { spans, cursor: String(from + spans.length) };
  },
};

let live: LiveTail;
let http: Server;
beforeEach(async () => {
  stored.length = 0;
  failure = undefined;
  asked = 0;
  live = liveTail(reader, createLogger({ name: 'test', level: 'silent' }), 5);
  http = createServer((request, response) =>
    live.open(request, response, (request.url ?? '').slice(1)),
  ).listen(0, '127.0.0.1');
  await once(http, 'listening');
});
afterEach(async () => {
  await live.close();
  http.closeAllConnections();
  http.close();
});

const span = (traceId: string, serviceName: string) =>
  ({ traceId, process: { serviceName, tags: [] } }) as unknown as Span;

/** What a page that listens is told, event by event. */
async function listen(serviceName = ''): Promise<() => Promise<string>> {
  const { port } = http.address() as AddressInfo;
  const [response] = (await once(
    get({ host: '127.0.0.1', port, path: `/${serviceName}` }),
    'response',
  )) as [IncomingMessage];
  const events: string[] = [];
  let rest = '';
  let wake = () => {};
  response.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    events.push(...parts.filter((part) => part.startsWith('event:')));
    wake();
  });
  const next = async () => {
    while (events.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return events.shift() as string;
  };
  expect(await next()).toBe('event: ready\ndata: {}');
  return next;
}

test('whoever listens is told of what arrives from then on, each trace once', async () => {
  stored.push(span('old', 'a'));
  const next = await listen();
  stored.push(span('1', 'a'), span('2', 'b'), span('1', 'b'));
  expect(await next()).toBe('event: arrived\ndata: {"spans":3,"traceIds":["1","2"]}');
});

test('who asks for a service is told of its spans only', async () => {
  const next = await listen('b');
  stored.push(span('1', 'a'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  stored.push(span('2', 'b'));
  expect(await next()).toBe('event: arrived\ndata: {"spans":1,"traceIds":["2"]}');
});

test('a store that cannot say is told of, and asked again from the same place', async () => {
  const next = await listen();
  failure = new StorageError('unavailable', '[store] away');
  stored.push(span('1', 'a'));
  expect(await next()).toBe('event: failed\ndata: {"message":"[store] away"}');
  failure = undefined;
  let event = await next();
  while (event.startsWith('event: failed')) event = await next();
  expect(event).toContain('"traceIds":["1"]');
});

test('a cursor that the store does not know is not given again', async () => {
  const next = await listen();
  failure = new StorageError('corrupt', '[store] no cursor');
  expect(await next()).toContain('event: failed');
  stored.push(span('before', 'a'));
  failure = undefined;
  const before = asked;
  while (asked < before + 2) await new Promise((resolve) => setTimeout(resolve, 1));
  stored.push(span('1', 'a'));
  let event = await next();
  while (event.startsWith('event: failed')) event = await next();
  expect(event).toContain('"traceIds":["1"]');
});

test('while nobody listens the store is left alone', async () => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toBe(0);
  await listen();
  http.closeAllConnections();
  await new Promise((resolve) => setTimeout(resolve, 30));
  const after = asked;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toBe(after);
  // Who comes back is told again.
  stored.push(span('unheard', 'a'));
  const next = await listen();
  stored.push(span('1', 'a'));
  expect(await next()).toContain('"traceIds":["1"]');
});
