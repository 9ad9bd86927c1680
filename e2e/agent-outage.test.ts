import { createSocket, type Socket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  adminText,
  counted,
  freePort,
  queueHealth,
  startAgent,
  startCollector,
  storeDirectory,
  WAYS,
  type Way,
} from './outage/agent-and-collector.ts';
import { compareWithStore } from './outage/compare.ts';
import type { Program } from './program.ts';

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

test.each(Object.keys(WAYS) as Way[])(
  'over %s: an outage of the collector loses nothing, though the agent is restarted in it',
  { timeout: 240_000 },
  async (way) => {
    const place = { way, port: await freePort(), directory };
    const collector = await startCollector(place);
    const agent = await startAgent(place);
    const sent = await send(agent, 200, 1);
    await vi.waitUntil(async () => (await counted(agent, WAITING)) === 0, SOON);
    await collector.stop();

    sent.push(...(await send(agent, 2000, 2)));
    const { status, details } = JSON.parse(await adminText(agent, '/'));
    expect(status).toBe('Server available');
    expect(details.queue.memoryBytes + details.queue.diskBytes).toBeGreaterThan(100_000);
    expect(await agent.stop()).toBe(0);

    await using second = await startAgent(place);
    sent.push(...(await send(second, 500, 3)));
    const back = await startCollector(place);
    await vi.waitUntil(async () => {
      const { memoryBytes, diskBytes } = await queueHealth(second);
      return memoryBytes + diskBytes === 0;
    }, SOON);
    expect(await back.stop()).toBe(0);
    expect(await compareWithStore(storeDirectory(place), sent)).toEqual({ missing: 0, twice: 0 });
  },
);

test('killed, the agent loses no more than it had not written to disk', {
  timeout: 240_000,
}, async () => {
  const place = { way: 'TChannel', port: await freePort(), directory } as const;
  const agent = await startAgent(place);
  const sent = await send(agent, 1000, 1);
  // All but the one that is just tried.
  await vi.waitUntil(async () => (await counted(agent, WAITING)) < 2000, SOON);
  await agent.kill();

  await using second = await startAgent(place);
  const collector = await startCollector(place);
  await vi.waitUntil(
    async () => (await counted(second, 'spoor_agent_queue_bytes{where="disk"}')) === 0,
    SOON,
  );
  await collector.stop();
  const { missing } = await compareWithStore(storeDirectory(place), sent);
  expect(missing).toBeLessThanOrEqual(2);
});

test('a queue that is full is counted and told once, and health tells how much waits', {
  timeout: 120_000,
}, async () => {
  const place = { way: 'gRPC', port: await freePort(), directory } as const;
  const limits = ['--reporter.queue.memory-bytes=20000', '--reporter.queue.disk-bytes=20000'];
  await using agent = await startAgent(place, ...limits);
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
  const queue = async () => JSON.parse(await adminText(agent, '/')).details.queue;
  await vi.waitUntil(async () => (await queue()).diskBytes > 10_000, SOON);
  expect(await queue()).toMatchObject({ memoryCapacity: 20_000, diskCapacity: 20_000 });
});
