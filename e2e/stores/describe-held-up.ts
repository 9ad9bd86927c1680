import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SpanStore } from '@spoor/storage-api';
import { sampleBatch } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { COLLECTOR_PORTS, lookFor } from '../acknowledged-spans.ts';
import { emptied, startAgent, type Way } from '../outage/agent-and-collector.ts';
import type { SpanName } from '../outage/compare.ts';
import { PacketSender } from '../outage/packet-sender.ts';
import { startProgram } from '../program.ts';
import type { StoreServer } from './store-servers.ts';

/** Longer than agents used to wait for an answer, and shorter than a store gives a write up. */
const HELD_UP_MS = 8000;

export interface HeldUpOptions {
  readonly isMissing: boolean;
  server(): Promise<StoreServer>;
  /** A store in which a write may take so long. */
  open(address: string, writeWithinMs: number): Promise<SpanStore>;
}

/** What comes of spans while the server holds its connections and does nothing. */
export function describeHeldUp(name: string, options: HeldUpOptions): void {
  describe.skipIf(options.isMissing)(`${name} that stands still for a while`, () => {
    let server: StoreServer;
    let directory: string;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'spoor-held-up-'));
      server = await options.server();
      await server.start();
    });
    afterAll(async () => {
      await server?.[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    });

    test('is waited for by agents, who send nothing twice', async () => {
      const ports = [...COLLECTOR_PORTS, ...server.flags];
      await using collector = await startProgram('collector', 'grpcPort', ...ports);
      const place = (way: Way, port: number) => ({ way, port, directory: join(directory, way) });
      await using byGrpc = await startAgent(place('gRPC', collector.logged('grpcPort')));
      await using byTchannel = await startAgent(
        place('TChannel', collector.logged('tchannelPort')),
      );
      const agents = [byGrpc, byTchannel];
      const socket = createSocket('udp4');
      const sent: SpanName[] = [];
      const senders = agents.map(({ port }, i) => new PacketSender(socket, port, sent, i + 1));
      for (const sender of senders) await sender.packet();
      for (const agent of agents) await emptied(agent);

      server.holdUp();
      for (const sender of senders) for (let i = 0; i < 5; i++) await sender.packet();
      await sleep(HELD_UP_MS);
      server.goOn();
      for (const agent of agents) await emptied(agent);
      socket.close();
      expect(sent).toHaveLength(120);
      expect(await lookFor(sent, server.flags)).toEqual({ missing: 0, twice: 0 });
    });

    test('refuses in time what it has not stored, and has nothing of it afterwards', async () => {
      const [before, refused, after] = ['a1', 'a2', 'a3'].map((id) => `00000000000000${id}`);
      const batch = (traceId = '') => sampleBatch({ spans: [{ traceId }, { traceId }] });
      const store = await options.open(server.address, 2000);
      await vi.waitFor(() => store.writer.write(batch(before)), { timeout: 60_000 });
      server.holdUp();
      await expect(store.writer.write(batch(refused))).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('within 2000 ms'),
      });
      server.goOn();
      await vi.waitFor(() => store.writer.write(batch(after)), { timeout: 60_000, interval: 500 });
      const spans = async (id = '') => (await store.reader.trace(id))?.spans.length;
      await vi.waitFor(async () => expect(await spans(refused)).toBeUndefined(), 60_000);
      // Nor does it come later.
      await sleep(3000);
      expect(await Promise.all([before, refused, after].map(spans))).toEqual([2, undefined, 2]);
      await store.close();
    });
  });
}
