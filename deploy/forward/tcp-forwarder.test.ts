import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { type ForwarderOptions, startForwarder } from './tcp-forwarder.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Answers with its address and all that the other end says. */
async function echo(host: string, port = 0): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.write(`${host} `);
    socket.pipe(socket);
  }).listen(port, host);
  await once(server, 'listening');
  open.push(server);
  return (server.address() as AddressInfo).port;
}

async function forwarder(port: number, addresses: string[], more: Partial<ForwarderOptions> = {}) {
  const warnings: string[] = [];
  const one = await startForwarder({
    name: 'many',
    port,
    listenPort: 0,
    host: '127.0.0.1',
    resolve: async () => addresses,
    warn: (line) => warnings.push(line),
    ...more,
  });
  open.push(one);
  return { port: one.port, warnings };
}

/** What comes back for `said`, after which this end is closed. */
async function say(port: number, said: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(said);
  return text(socket);
}

const LONG = 'x'.repeat(1_000_000);

test('connections go to every address of the name in turn, and either end may finish first', async () => {
  const port = await echo('127.0.0.1');
  await echo('127.0.0.2', port);
  const { port: front } = await forwarder(port, ['127.0.0.1', '127.0.0.2']);
  const answers = [];
  for (const said of ['a', 'b', 'c', LONG]) answers.push(await say(front, said));
  expect(answers).toEqual(['127.0.0.1 a', '127.0.0.2 b', '127.0.0.1 c', `127.0.0.2 ${LONG}`]);
});

test('an address that does not answer is passed over', async () => {
  const port = await echo('127.0.0.2');
  const { port: front, warnings } = await forwarder(port, ['127.0.0.1', '127.0.0.2']);
  expect([await say(front, 'a'), await say(front, 'b')]).toEqual(['127.0.0.2 a', '127.0.0.2 b']);
  expect(warnings).toEqual([]);
});

test.each([
  ['has no address', async () => [], /^:\d+: nobody answers: many has no address$/],
  ['nobody listens there', async () => ['127.0.0.1'], /^:1: nobody answers: .*ECONNREFUSED/],
  ['is not known', () => Promise.reject(new Error('ENOTFOUND many')), /: ENOTFOUND many$/],
])(
  'a connection is closed if the name %s, and the next is tried anew',
  async (_, resolve, line) => {
    const { port: front, warnings } = await forwarder(1, [], { resolve });
    for (const said of ['a', 'b']) expect(await say(front, said).catch(() => '')).toBe('');
    expect(warnings).toEqual([expect.stringMatching(line), expect.stringMatching(line)]);
  },
);

test('a connection that is only about to be made is not made any more once it is closed', async () => {
  let connections = 0;
  const server = createServer(() => connections++).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  const { port } = server.address() as AddressInfo;
  let found: ((addresses: string[]) => void) | undefined;
  const resolve = () =>
    new Promise<string[]>((settle) => {
      found = settle;
    });
  const warnings: string[] = [];
  const warn = (line: string) => warnings.push(line);
  const options = { name: 'many', port, listenPort: 0, host: '127.0.0.1', resolve, warn };
  const one = await startForwarder(options);
  const asked = say(one.port, 'a').catch(() => '');
  await vi.waitFor(() => expect(found).toBeDefined(), SOON);
  await one.close();
  found?.(['127.0.0.1']);
  expect(await asked).toBe('');
  // Whoever connects behind it is heard behind it.
  await once(connect(port, '127.0.0.1'), 'connect');
  await vi.waitFor(() => expect(connections).toBeGreaterThan(0), SOON);
  expect([connections, warnings]).toEqual([1, []]);
});
