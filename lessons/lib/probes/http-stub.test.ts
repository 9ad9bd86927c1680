import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openPace } from '../harness/pace.ts';
import { ask } from './http-request.ts';
import { openHttpStub } from './http-stub.ts';

const WITHIN_MS = 30_000;
const bench = { wait: openPace().after };

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('the stub keeps what came and answers as it is told, or not at all', async () => {
  const port = await freePort();
  const url = `http://localhost:${port}/httpService1`;
  const stub = await openHttpStub(port, (response) => {
    response.end('one');
  });
  expect(
    await ask({ url, headers: { 'uber-trace-id': '1:2:0:1' }, withinMs: WITHIN_MS }, bench),
  ).toEqual({
    kind: 'answered',
    status: 200,
    body: 'one',
  });
  expect(stub.requests).toMatchObject([
    { method: 'GET', path: '/httpService1', headers: { 'uber-trace-id': ['1:2:0:1'] } },
  ]);
  stub.answer = (_response, { socket }) => {
    socket.destroy();
  };
  expect(await ask({ url, withinMs: WITHIN_MS }, bench)).toEqual({
    kind: 'cut',
    reason: 'ECONNRESET',
  });
  // As long as it takes the request to come, and no longer.
  const came = new Promise<void>((resolve) => {
    stub.answer = () => resolve();
  });
  const silent = await ask({ url, withinMs: WITHIN_MS }, { wait: () => came });
  expect(silent).toEqual({ kind: 'silent' });
  await stub.close();
  expect(await ask({ url, withinMs: WITHIN_MS }, bench)).toMatchObject({ kind: 'cut' });
  expect(stub.requests).toHaveLength(3);
});
