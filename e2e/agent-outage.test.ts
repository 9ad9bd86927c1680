import { createSocket, type Socket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@spoor/model';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Program, startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
/** Milliseconds: long enough for a busy machine. */
const SOON = 60_000;
const PACKETS_A_BURST = 20;

let directory: string;
let socket: Socket;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-outage-'));
  socket = createSocket('udp4');
});
afterEach(async () => {
  socket.close();
  await rm(directory, { recursive: true });
});

const WAYS = {
  TChannel: { flag: 'collector.host-port', door: 'collector.port' },
  gRPC: { flag: 'reporter.grpc.host-port', door: 'collector.grpc-server.host-port' },
} as const;
type Way = keyof typeof WAYS;

/** A port that nobody has: the collector comes back to the same one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function startCollector(way: Way, port: number): Promise<Program> {
  const doors = [
    'collector.grpc-server.host-port',
    'collector.http-server.host-port',
    'collector.port',
    'collector.otlp.grpc.host-port',
    'collector.otlp.http.host-port',
    'admin.http.host-port',
  ].map((flag) => `--${flag}=127.0.0.1:${flag === WAYS[way].door ? port : 0}`);
  return startProgram(
    'collector',
    'grpcPort',
    ...doors,
    '--embedded.directory',
    join(directory, 'data'),
  );
}

function startAgent(way: Way, port: number, ...flags: string[]): Promise<Program> {
  const doors = [
    'processor.jaeger-compact.server-host-port',
    'processor.jaeger-binary.server-host-port',
    'processor.zipkin-compact.server-host-port',
    'http-server.host-port',
    'admin.http.host-port',
  ].map((flag) => `--${flag}=${FREE}`);
  const queue = `--reporter.queue.directory=${join(directory, 'queue')}`;
  const collector = `--${WAYS[way].flag}=127.0.0.1:${port}`;
  return startProgram('agent', 'compactPort', ...doors, queue, collector, ...flags);
}

const text = async (agent: Program, path: string) =>
  (await fetch(`http://127.0.0.1:${agent.logged('adminPort')}${path}`)).text();

async function counted(agent: Program, metric: string): Promise<number> {
  const lines = (await text(agent, '/metrics')).split('\n');
  return Number(
    lines
      .find((line) => line.startsWith(metric))
      ?.split(' ')
      .at(-1),
  );
}

const PROCESSED = 'jaeger_agent_thrift_udp_server_packets_processed_total{protocol="compact"';
const WAITING = 'spoor_agent_queue_bytes{where="memory"}';

/** Sends packets in bursts that even a small buffer of the kernel holds, and waits until the agent has them all. */
async function send(agent: Program, packets: number, seed: number): Promise<Span[]> {
  const random = seededRandom(seed);
  const before = await counted(agent, PROCESSED);
  const sent: Span[] = [];
  for (let packet = 1; packet <= packets; packet++) {
    const spans = usualSpans(random, 1, `outage-${seed}`);
    const [first] = spans as [Span];
    const bytes = encodeEmitBatch(first.process, spans, packet);
    await new Promise<void>((resolve, reject) => {
      socket.send(bytes, agent.port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
    sent.push(...spans);
    if (packet % PACKETS_A_BURST === 0 || packet === packets) {
      await vi.waitUntil(async () => (await counted(agent, PROCESSED)) === before + packet, {
        timeout: SOON,
        interval: 5,
      });
    }
  }
  return sent;
}

/** Of the spans, those that are not in the store; and how many are there more than once. */
async function compare(sent: readonly Span[]): Promise<{ missing: number; twice: number }> {
  const store = await openEmbeddedStore({
    directory: join(directory, 'data'),
    readOnly: true,
  } as never);
  try {
    let missing = 0;
    let twice = 0;
    for (const { traceId, spanId } of sent) {
      const found = await store.reader.trace(traceId);
      const same = (found?.spans ?? []).filter((span) => span.spanId === spanId);
      if (same.length === 0) missing++;
      if (same.length > 1) twice++;
    }
    return { missing, twice };
  } finally {
    await store.close();
  }
}

test.each(Object.keys(WAYS) as Way[])(
  'over %s: an outage of the collector loses nothing, though the agent is restarted in it',
  { timeout: 240_000 },
  async (way) => {
    const port = await freePort();
    const collector = await startCollector(way, port);
    const agent = await startAgent(way, port);
    const sent = await send(agent, 200, 1);
    await vi.waitUntil(async () => (await counted(agent, WAITING)) === 0, SOON);
    await collector.stop();

    sent.push(...(await send(agent, 2000, 2)));
    const { status, details } = JSON.parse(await text(agent, '/'));
    expect(status).toBe('Server available');
    expect(details.queue.memoryBytes + details.queue.diskBytes).toBeGreaterThan(100_000);
    expect(await agent.stop()).toBe(0);

    await using second = await startAgent(way, port);
    sent.push(...(await send(second, 500, 3)));
    const back = await startCollector(way, port);
    const left = async () => JSON.parse(await text(second, '/')).details.queue;
    await vi.waitUntil(async () => {
      const { memoryBytes, diskBytes } = await left();
      return memoryBytes + diskBytes === 0;
    }, SOON);
    expect(await back.stop()).toBe(0);
    expect(await compare(sent)).toEqual({ missing: 0, twice: 0 });
  },
);

test('killed, the agent loses no more than it had not written to disk', {
  timeout: 240_000,
}, async () => {
  const port = await freePort();
  const agent = await startAgent('TChannel', port);
  const sent = await send(agent, 1000, 1);
  // All but the one that is just tried.
  await vi.waitUntil(async () => (await counted(agent, WAITING)) < 2000, SOON);
  await agent.kill();

  await using second = await startAgent('TChannel', port);
  const collector = await startCollector('TChannel', port);
  await vi.waitUntil(
    async () => (await counted(second, 'spoor_agent_queue_bytes{where="disk"}')) === 0,
    SOON,
  );
  await collector.stop();
  const { missing } = await compare(sent);
  expect(missing).toBeLessThanOrEqual(2);
});

test('a queue that is full is counted and told once, and health tells how much waits', {
  timeout: 120_000,
}, async () => {
  const port = await freePort();
  const limits = ['--reporter.queue.memory-bytes=20000', '--reporter.queue.disk-bytes=20000'];
  await using agent = await startAgent('gRPC', port, ...limits);
  const rejected = 'spoor_agent_packets_rejected_total{protocol="compact",reason="queue-full"}';
  const packet = () => {
    const spans = usualSpans(seededRandom(5), 1, 'full');
    return encodeEmitBatch((spans[0] as Span).process, spans, 1);
  };
  for (let i = 0; i < 400; i++) {
    socket.send(packet(), agent.port, '127.0.0.1');
    if (i % PACKETS_A_BURST === 0) await sleep(5);
  }
  await vi.waitUntil(async () => (await counted(agent, rejected)) > 10, SOON);
  expect(agent.lines.filter((line) => line.includes('too much waits')).length).toBe(1);
  const queue = async () => JSON.parse(await text(agent, '/')).details.queue;
  await vi.waitUntil(async () => (await queue()).diskBytes > 10_000, SOON);
  expect(await queue()).toMatchObject({ memoryCapacity: 20_000, diskCapacity: 20_000 });
});
