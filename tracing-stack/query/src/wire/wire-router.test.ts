import { captures } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { openStore } from '@spoor/storage-registry';
import { decodeAgentCall, MessageRing, type MessageSource, ringSource } from '@spoor/wire';
import { afterEach, expect, test } from 'vitest';
import { startQuery } from '../query.ts';
import { ask } from '../testing/ask.ts';
import type { MessageList, ReadMessage } from './wire-messages.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const PACKET = captures(6831).find(({ name }) => name.startsWith('go-seed-inner-udp/001'))
  ?.bytes as Uint8Array;
const TRACE = '7f59d62bb390d34d';

/** A ring that holds the packet. */
function filledRing(): MessageRing {
  const ring = new MessageRing(100_000, () => 5000);
  const sender = { address: '::1', port: 40_000 };
  const message = { layout: 'thrift-compact-call', bytes: PACKET, sender, request: '' } as const;
  const { traceIds } = decodeAgentCall(PACKET).batch.index();
  ring.keep(message, { transport: 'udp', port: 6831 }, traceIds);
  return ring;
}

async function start(wireSources?: readonly MessageSource[]) {
  const store = await openStore({ type: 'memory', clock: () => 0 });
  open.push(store);
  const query = await startQuery({
    http: { host: '127.0.0.1', port: 0 },
    store,
    logger: createLogger({ name: 'query', level: 'silent' }),
    metrics: createMetrics(),
    ...(wireSources && { wireSources }),
  });
  open.push(query);
  return async <T>(path: string) => {
    const { status, body } = await ask(query.ports.http, `/api/wire/${path}`);
    return { status, text: body.toString(), json: () => JSON.parse(body.toString()) as T };
  };
}

test('lists the messages of a trace with its spans in each, and who was asked', async () => {
  const broken: MessageSource = {
    name: '127.0.0.1:1',
    carrying: async () => {
      throw new Error('fetch failed', { cause: new Error('refused') });
    },
  };
  const get = await start([broken, ringSource('all-in-one', filledRing())]);
  const list = (await get<MessageList>(TRACE.padStart(32, '0'))).json();
  expect(list).toEqual({
    sources: [
      { name: '127.0.0.1:1', error: 'refused' },
      { name: 'all-in-one', state: expect.objectContaining({ messages: 1, completeSince: 5000 }) },
    ],
    messages: [
      {
        source: 1,
        number: 1,
        transport: 'udp',
        port: 6831,
        layout: 'thrift-compact-call',
        sender: '[::1]:40000',
        request: '',
        size: 521,
        arrived: 5000,
        spanCount: 2,
        spanIds: ['0ce3d89fb247d562', '5a5bb5787d9c03d4'],
      },
    ],
    more: 0,
  });
});

test('tells one message byte by byte, with the header of each span', async () => {
  const get = await start([ringSource('all-in-one', filledRing())]);
  const message = (await get<ReadMessage>(`${TRACE}/0/1`)).json();
  expect(Buffer.from(message.bytes, 'base64').equals(PACKET)).toBe(true);
  expect(message.parts[3]).toMatchObject({ name: 'method', value: 'emitBatch' });
  expect(message.spans.map(({ header }) => header.pieces.map(({ text }) => text).join(''))).toEqual(
    [
      '7f59d62bb390d34d:0ce3d89fb247d562:5a5bb5787d9c03d4:1',
      '7f59d62bb390d34d:5a5bb5787d9c03d4:7f59d62bb390d34d:1',
    ],
  );
});

test.each([
  [`${TRACE}/0/2`, 404, 'this message is not kept any more\n'],
  [`${TRACE}/7/1`, 404, 'this message is not kept any more\n'],
  ['ab/0/1', 404, 'this message is not kept any more\n'],
  ['xyz', 400, 'this is no trace id\n'],
])('%s is answered with %d', async (path, status, text) => {
  const get = await start([ringSource('all-in-one', filledRing())]);
  expect(await get(path)).toMatchObject({ status, text });
});

test('without sources there is nothing to list', async () => {
  const get = await start();
  expect((await get(TRACE)).json()).toEqual({ sources: [], messages: [], more: 0 });
});
