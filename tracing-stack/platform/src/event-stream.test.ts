import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EventStream, eventStream } from './event-stream.ts';

let events: EventStream<string>;
let http: Server;
let url: string;
/** The answers that were cut off or ended, by the paths that were asked. */
let closed: string[];

beforeEach(async () => {
  events = eventStream({ maxReaders: 2, maxWaiting: 100_000 });
  closed = [];
  http = createServer((request, response) => {
    events.open(request, response, request.url ?? '');
    response.once('close', () => closed.push(request.url ?? ''));
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => {
  events.close();
  http.closeAllConnections();
  http.close();
});

async function reader(path: string) {
  const [response] = await once(get(url + path), 'response');
  return response;
}

test('who does not read what is sent is cut off, and the others go on', async () => {
  const sleeper = await reader('/sleeper');
  sleeper.on('error', () => {});
  let read = 0;
  (await reader('/reader')).on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  let sent = 0;
  // The kernel's buffers take some megabytes before the first byte waits here.
  await expect
    .poll(
      () => {
        events.send('x', () => 'x'.repeat(50_000));
        sent += 50_000;
        return closed;
      },
      { interval: 5, timeout: 20_000 },
    )
    .toEqual(['/sleeper']);
  await expect.poll(() => read).toBeGreaterThanOrEqual(sent);
});

test('more readers than there is room for are refused, until one has left', async () => {
  const first = await reader('/1');
  await reader('/2');
  const third = await reader('/3');
  expect([third.statusCode, third.headers['retry-after']]).toEqual([503, '10']);
  first.destroy();
  await expect.poll(() => closed).toContain('/1');
  expect((await reader('/4')).statusCode).toBe(200);
});
