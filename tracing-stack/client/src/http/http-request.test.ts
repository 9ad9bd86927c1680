import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { getText, httpRequest } from './http-request.ts';

test('a server that takes the request and never answers is given up', async () => {
  const server = createServer(() => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { signal } = new AbortController();
  const request = { url: `http://127.0.0.1:${port}/`, method: 'GET', signal } as const;
  const answer = httpRequest({ ...request, timeout: 20, holdsProcess: true });
  await expect(answer).rejects.toThrow('no answer within 20 ms');
  server.close().closeAllConnections();
});

test('an exchange can be given up before its time', async () => {
  const server = createServer(() => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const closing = new AbortController();
  const answer = httpRequest({
    url: `http://127.0.0.1:${port}/`,
    method: 'GET',
    signal: closing.signal,
    timeout: 60_000,
    holdsProcess: true,
  });
  closing.abort();
  await expect(answer).rejects.toThrow('aborted');
  server.close().closeAllConnections();
});

test('no more is read of an answer than it may be long', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200);
    response.end(Buffer.alloc(8 * 1024 * 1024 + 1));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { signal } = new AbortController();
  const answer = getText(`http://127.0.0.1:${port}/`, signal);
  await expect(answer).rejects.toMatchObject({
    code: 'too-long',
    message: '[client] an answer of more than 8388608 bytes',
  });
  server.close().closeAllConnections();
});
