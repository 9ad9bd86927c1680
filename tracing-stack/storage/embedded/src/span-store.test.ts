import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSpanStore, type KitStore } from '@spoor/storage-testkit';
import { openEmbeddedStore } from './embedded-store.ts';
import { openTables } from './tables.ts';

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
    async spoilLastRecord() {
      const [bucket = ''] = (await readdir(directory)).filter((name) => /^\d/.test(name));
      const tables = openTables(join(directory, bucket), false);
      const [last] = [...(tables?.records.getKeys({ reverse: true, limit: 1 }) ?? [])];
      await tables?.records.put(last ?? Buffer.alloc(8), Buffer.from('not a record'));
      await tables?.root.close();
    },
    unreadableRecords: () => store.stats.unreadableRecords,
    async close() {
      await other.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
});
