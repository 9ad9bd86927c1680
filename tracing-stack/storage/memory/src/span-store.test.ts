import { describeSpanStore, type KitStore } from '@spoor/storage-testkit';
import { openMemoryStore } from './memory-store.ts';

describeSpanStore('the memory store', async (): Promise<KitStore> => {
  const store = await openMemoryStore();
  return {
    store,
    unreadableRecords: () => store.stats.unreadableRecords,
    close: () => store.close(),
  };
}, [
  { hook: 'reopen', reason: 'what is in memory ends with the process' },
  { hook: 'otherReader', reason: 'no other process can read it' },
  { hook: 'spoilLastRecord', reason: 'nobody but the store can reach its records' },
  { hook: 'calls', reason: 'the store counts its calls by itself' },
]);
