import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '@spoor/storage-api';
import { type CassandraStore, openCassandraStore } from '@spoor/storage-cassandra';
import { sampleBatch } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort, type RunningServer, startServer } from './server-script.ts';

const WRITERS = 6;
const UNAVAILABLE = { name: 'StorageError', code: 'unavailable' };

/** Where there is no server for the others, this one cannot be started either. */
const isMissing = 'missing' in inject('cassandra');

describe.skipIf(isMissing)('a Cassandra that goes and comes back', () => {
  let folder: string;
  let flags: string[];
  let server: RunningServer | undefined;
  let store: CassandraStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spoor-cassandra-faults-'));
    const port = await freePort();
    flags = ['--port', `${port}`, '--internode-port', `${await freePort()}`];
    // As Cassandra is set up by default, it answers before its disk has a write, and loses the last of them.
    flags.push('--sync', 'batch');
    const servers = [`127.0.0.1:${port}`];
    store = await openCassandraStore({ servers, createSchema: true });
  });
  afterAll(async () => {
    await store?.close(AbortSignal.timeout(100));
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    server = await startServer('cassandra', flags, folder);
  }

  it('is waited for: calls say why, until it is there', async () => {
    const batch = sampleBatch({ spans: [{ traceId: '00000000000000aa' }] });
    await expect(store.check()).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.check()).rejects.toThrow(/^\[cassandra\] .*ECONNREFUSED/);
    await expect(store.writer.write(batch)).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.reader.services()).rejects.toMatchObject(UNAVAILABLE);
    await start();
    await store.check();
    await store.writer.write(batch);
    expect(await store.reader.services()).toEqual(['frontend']);
  });

  it('killed under writes and started again, it has every batch that was acknowledged', async () => {
    const acknowledged: string[] = [];
    const refused: unknown[] = [];
    let isOver = false;
    async function write(writer: number): Promise<void> {
      for (let i = 1; !isOver; i++) {
        const traceId = `${writer + 1}${`${i}`.padStart(15, '0')}`;
        const spans = [{ traceId }, { traceId, operation: 'second', start: i }];
        try {
          await store.writer.write(sampleBatch({ service: `service-${writer}`, spans }));
          acknowledged.push(traceId);
        } catch (error) {
          refused.push(error);
          await sleep(50);
        }
      }
    }
    const { cursor } = await store.reader.arrivals(undefined, 0);
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    while (acknowledged.length < 100) await sleep(10);
    await server?.kill();
    const before = acknowledged.length;
    while (refused.length < WRITERS) await sleep(10);
    await start();
    while (acknowledged.length < before + 100) await sleep(10);
    isOver = true;
    await writing;

    for (const error of refused) {
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject(UNAVAILABLE);
    }
    for (const traceId of acknowledged) {
      expect((await store.reader.trace(traceId))?.spans, traceId).toHaveLength(2);
    }
    const { spans } = await store.reader.arrivals(cursor, Number.POSITIVE_INFINITY);
    const arrived = spans.filter(({ operationName }) => operationName === 'second');
    const ids = arrived.map(({ traceId }) => traceId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
    // Of what was refused, only what the server was writing while it died may be there all the same.
    expect(ids.length - acknowledged.length).toBeLessThanOrEqual(WRITERS);
  });
});
