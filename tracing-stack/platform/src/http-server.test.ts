import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { type HttpServer, serveHttp } from './http-server.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const NEVER = new AbortController().signal;
const GET = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n';

let server: HttpServer | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close(AbortSignal.abort());
});

/** Its requests wait until the test answers them. */
async function serve() {
  const asked: ServerResponse[] = [];
  server = await serveHttp({ component: 'test', host: '127.0.0.1', port: 0 }, (_, response) => {
    asked.push(response);
  });
  const { port } = server;
  async function say(words: string): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(words);
    return socket;
  }
  return { server, asked, say };
}

test('connections on which nothing is asked are closed at once, whether they said a word or not', async () => {
  const { server, asked, say } = await serve();
  const idle = [await say(''), await say('GET / HT'), await say(GET)];
  const ends = idle.map((socket) => once(socket.resume(), 'close'));
  await vi.waitFor(() => expect(asked).toHaveLength(1), SOON);
  asked[0]?.end('done');
  await once(idle[2] as Socket, 'data');
  await server.close(NEVER);
  await Promise.all(ends);
});

test('a request under way is answered, and its connection closed behind it', async () => {
  const { server, asked, say } = await serve();
  const waiting = await say(GET);
  await vi.waitFor(() => expect(asked).toHaveLength(1), SOON);
  const begun = await say(GET);
  await vi.waitFor(() => expect(asked).toHaveLength(2), SOON);
  asked[1]?.write('the first half, ');
  const closed = server.close(NEVER);
  for (const response of asked) response.end('done');
  expect(await text(waiting)).toMatch(/Connection: close.*done$/s);
  expect(await text(begun)).toContain('the first half, ');
  await closed;
});

test('one that is not answered before the deadline is broken off', async () => {
  const { server, asked, say } = await serve();
  const socket = await say(GET);
  const ended = once(socket.resume(), 'close');
  await vi.waitFor(() => expect(asked).toHaveLength(1), SOON);
  await server.close(AbortSignal.timeout(20));
  await ended;
});
