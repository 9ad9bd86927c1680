import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '@spoor/storage-api';
import { type CassandraStore, openCassandraStore } from '@spoor/storage-cassandra';
import { sampleBatch } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort, type RunningServer, startServer } from './server-script.ts';

const HOSTS = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];
const WRITERS = 4;

/** Where there is no server for the others, these cannot be started either. */
const isMissing = 'missing' in inject('cassandra');

describe.skipIf(isMissing)(
  'three Cassandras with three copies, of which two have to answer',
  () => {
    let folder: string;
    let port: number;
    const nodes: RunningServer[] = [];
    let store: CassandraStore;
    /** Told of another node first. */
    let otherStore: CassandraStore;
    let start: (place: number) => Promise<void>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'spoor-cassandra-nodes-'));
      port = await freePort();
      const internode = await freePort();
      start = async (place) => {
        const host = HOSTS[place] ?? '';
        const flags = ['--host', host, '--port', `${port}`, '--internode-port', `${internode}`];
        const seed = ['--seed', `${HOSTS[place === 0 ? 1 : 0]}:${internode}`];
        const isFirst = nodes.length === 0;
        nodes[place] = await startServer(
          'cassandra',
          [...flags, ...(isFirst ? [] : seed), '--sync', 'batch', '--heap', '384m'],
          join(folder, host),
        );
      };
      for (const place of HOSTS.keys()) await start(place);
      const open = (...hosts: string[]) =>
        openCassandraStore({
          servers: hosts.map((host) => `${host}:${port}`),
          keyspace: 'spoor_nodes',
          createSchema: true,
          replicationFactor: 3,
          consistency: 'localQuorum',
          localDataCenter: 'datacenter1',
        });
      store = await open('127.0.0.1', '127.0.0.2');
      await store.check();
      otherStore = await open('127.0.0.3');
    });
    afterAll(async () => {
      await store?.close();
      await otherStore?.close();
      for (const node of nodes) await node.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('what one store wrote is read at once by another that asks another node', async () => {
      for (let i = 1; i <= 20; i++) {
        const traceId = `a${`${i}`.padStart(15, '0')}`;
        await store.writer.write(sampleBatch({ spans: [{ traceId }] }));
        expect((await otherStore.reader.trace(traceId))?.spans).toHaveLength(1);
      }
    });

    test('one node killed under writes loses nothing; without two, writes are refused, and go on when one comes back', async () => {
      const acknowledged: string[] = [];
      const refused: StorageError[] = [];
      let isOver = false;
      async function write(writer: number): Promise<void> {
        for (let i = 1; !isOver; i++) {
          const traceId = `${writer + 1}${`${i}`.padStart(15, '0')}`;
          try {
            await store.writer.write(sampleBatch({ spans: [{ traceId }, { traceId, start: i }] }));
            acknowledged.push(traceId);
          } catch (error) {
            if (!(error instanceof StorageError)) throw error;
            refused.push(error);
            await sleep(50);
          }
        }
      }
      const further = async (count: number) => {
        const before = acknowledged.length;
        while (acknowledged.length < before + count) await sleep(10);
      };
      const { cursor } = await store.reader.arrivals(undefined, 0);
      const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
      await further(40);
      await nodes[0]?.kill();
      await further(40);
      await store.check();
      await otherStore.check();

      await nodes[1]?.kill();
      const before = refused.length;
      while (refused.length < before + 2 * WRITERS) await sleep(10);
      await expect(otherStore.check()).rejects.toMatchObject({ code: 'unavailable' });
      await start(1);
      await further(40);
      isOver = true;
      await writing;
      await store.check();
      for (const error of refused) {
        expect(error.code).toBe('unavailable');
        expect(error.message).toMatch(/^\[cassandra\] /);
      }
      // Two of three are here now, and only one of them was there all the time.
      for (const traceId of acknowledged) {
        expect((await otherStore.reader.trace(traceId))?.spans, traceId).toHaveLength(2);
      }
      const { spans } = await otherStore.reader.arrivals(cursor, Number.POSITIVE_INFINITY);
      const arrived = new Map<string, number>();
      for (const { traceId } of spans) arrived.set(traceId, (arrived.get(traceId) ?? 0) + 1);
      for (const traceId of acknowledged) expect(arrived.get(traceId), traceId).toBe(2);
      console.info(`${acknowledged.length} batches acknowledged, ${refused.length} refused`);
    });
  },
);
