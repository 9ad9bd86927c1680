import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { httpRequest } from './http-request.ts';

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
