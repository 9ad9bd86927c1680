import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, createMetrics } from '@spoor/platform';
import { startRemoteStorage } from '@spoor/remote-storage';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { spoilLastRecord } from '@spoor/storage-embedded/testing';
import { describeSpanStore, type KitStore } from '@spoor/storage-testkit';
import { openGrpcStore } from './grpc-store.ts';

const logger = createLogger({ name: 'kit', level: 'silent' });

/** A remote storage over an embedded store, and a client of it. */
async function openBoth(directory: string) {
  const embedded = await openEmbeddedStore({ directory });
  const server = await startRemoteStorage({
    grpc: { host: '127.0.0.1', port: 0 },
    store: embedded,
    logger,
    metrics: createMetrics(),
  });
  const address = { host: '127.0.0.1', port: server.ports.grpc };
  const store = await openGrpcStore({ server: address });
  const other = await openGrpcStore({ server: address });
  async function close(): Promise<void> {
    await other.close();
    await store.close();
    await server.close();
    await embedded.close();
  }
  return { embedded, store, other, close };
}

describeSpanStore('the grpc store, over a remote storage on the embedded store,', async (): Promise<KitStore> => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-kit-'));
  let both = await openBoth(directory);
  return {
    store: both.store,
    otherReader: both.other.reader,
    async reopen() {
      await both.close();
      both = await openBoth(directory);
      return both.store;
    },
    spoilLastRecord: () => spoilLastRecord(directory),
    unreadableRecords: () => both.embedded.stats.unreadableRecords,
    async close() {
      await both.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}, [
  { hook: 'unreadableRecords', reason: 'the server reads a batch before it stores it' },
  { hook: 'calls', reason: 'calls are counted where the store is' },
]);
