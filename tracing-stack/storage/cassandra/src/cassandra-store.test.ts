import { createServer } from 'node:net';
import { sampleBatch } from '@spoor/storage-testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type CassandraStore, openCassandraStore } from './cassandra-store.ts';
import type { CassandraStoreOptions } from './store-options.ts';

const BATCH = sampleBatch({ spans: [{ traceId: '00000000000000aa' }] });
const UNAVAILABLE = { name: 'StorageError', code: 'unavailable' };

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

async function open(options: CassandraStoreOptions): Promise<CassandraStore> {
  const store = await openCassandraStore(options);
  closing.push(() => store.close(AbortSignal.timeout(50)));
  return store;
}

/** A server that takes connections and says nothing. */
async function muteServer(): Promise<string> {
  const mute = createServer();
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  closing.push(async () => mute.close());
  return `127.0.0.1:${(mute.address() as { port: number }).port}`;
}

describe('without a server', () => {
  it('every call says why, and none waits without end', async () => {
    const store = await open({ servers: ['127.0.0.1:1'] });
    await expect(store.check()).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.check()).rejects.toThrow(/127\.0\.0\.1:1: .*ECONNREFUSED/);
    await expect(store.writer.write(BATCH)).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.reader.services()).rejects.toMatchObject(UNAVAILABLE);
  });

  it('one that takes the connection and says nothing is given up', async () => {
    const store = await open({
      servers: [await muteServer()],
      connectTimeoutMs: 100,
      callTimeoutMs: 100,
    });
    await expect(store.check()).rejects.toMatchObject(UNAVAILABLE);
  });

  it('what is more than may be under way is refused as full', async () => {
    const store = await open({
      servers: [await muteServer()],
      connectTimeoutMs: 500,
      callTimeoutMs: 500,
      maxBytesUnderWay: BATCH.batch.bytes.length + 1,
    });
    const first = expect(store.writer.write(BATCH)).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.writer.write(BATCH)).rejects.toMatchObject({ code: 'full' });
    await first;
    await expect(store.writer.write(BATCH)).rejects.toMatchObject(UNAVAILABLE);
  });
});

it('TLS whose files cannot be read is refused at once, with the name of the flag', async () => {
  const tls = {
    enabled: true,
    ca: '/no/such.pem',
    cert: '',
    key: '',
    serverName: '',
    skipHostVerify: false,
  };
  await expect(openCassandraStore({ tls })).rejects.toThrow(
    /^\[cassandra\] cannot read .*: ENOENT.* \(--cassandra\.tls\.ca\)$/,
  );
});
