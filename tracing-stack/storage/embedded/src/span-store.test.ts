import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSpanStore, type KitStore } from '@spoor/storage-testkit';
import { openEmbeddedStore } from './embedded-store.ts';
import { spoilLastRecord } from './testing/spoil-record.ts';

describeSpanStore('the embedded store', async (): Promise<KitStore> => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-kit-'));
  let store = await openEmbeddedStore({ directory });
  const other = await openEmbeddedStore({ directory, readOnly: true });
  return {
    store,
    otherReader: other.reader,
    async reopen() {
      await store.close();
      store = await openEmbeddedStore({ directory });
      return store;
    },
    spoilLastRecord: () => spoilLastRecord(directory),
    unreadableRecords: () => store.stats.unreadableRecords,
    async close() {
      await other.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}, [{ hook: 'calls', reason: 'the store counts its calls by itself' }]);
