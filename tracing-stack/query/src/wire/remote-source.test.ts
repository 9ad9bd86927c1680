import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageRing, wireAnswer } from '@spoor/wire';
import { afterEach, expect, test } from 'vitest';
import { remoteSource } from './remote-source.ts';

const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** An admin port that answers `/wire` so. */
async function adminPort(
  answer: (parameters: URLSearchParams) => { status: number; json: string },
) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const { status, json } =
      pathname === '/wire' ? answer(searchParams) : { status: 200, json: '{"status":"…"}' };
    response.writeHead(status).end(json);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return remoteSource({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
}

const signal = new AbortController().signal;

test('reads what an agent or a collector has of a trace', async () => {
  const ring = new MessageRing(100_000);
  const sender = { address: '127.0.0.1', port: 9 };
  const bytes = Uint8Array.of(1, 2, 255);
  const ids = Buffer.from('ab'.padStart(32, '0'), 'hex');
  ring.keep(
    { layout: 'jaeger-grpc', bytes, sender, request: '/x' },
    { transport: 'grpc', port: 1 },
    ids,
  );
  const source = await adminPort((parameters) => wireAnswer(ring, parameters));
  const { messages, state } = await source.carrying('00000000000000ab', signal);
  expect(messages).toMatchObject([{ layout: 'jaeger-grpc', number: 1, sender, spanCount: 1 }]);
  expect([...(messages[0]?.bytes ?? [])]).toEqual([1, 2, 255]);
  expect(state.messages).toBe(1);
  expect((await source.carrying('00000000000000ac', signal)).messages).toEqual([]);
});

test('says what is no agent or collector', async () => {
  const health = await adminPort(() => ({ status: 200, json: '{"status":"Server available"}' }));
  await expect(health.carrying('ab', signal)).rejects.toThrow('no agent');
  const away = await adminPort(() => ({ status: 503, json: '{}' }));
  await expect(away.carrying('ab', signal)).rejects.toThrow('HTTP 503');
});
