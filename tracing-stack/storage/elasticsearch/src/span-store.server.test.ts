import { describeSpanStore, type KitStore } from '@spoor/storage-testkit';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import {
  ask,
  describeWithServer,
  newPrefix,
  removeAll,
  testOptions,
} from './testing/test-server.ts';

describeWithServer('on a real server', () => {
  describeSpanStore('the elasticsearch store', async (): Promise<KitStore> => {
    const prefix = newPrefix();
    const options = { ...testOptions(prefix), archive: testOptions(prefix) };
    const store = await openElasticsearchStore(options);
    const other = await openElasticsearchStore({ ...options, readOnly: true });
    const opened = [store, other];
    return {
      store,
      otherReader: other.reader,
      async reopen() {
        await store.close();
        const again = await openElasticsearchStore(options);
        opened.push(again);
        return again;
      },
      spoilLastRecord: () => spoilNewestSpan(prefix),
      unreadableRecords: () => store.stats.unreadableDocuments,
      async close() {
        for (const one of opened) await one.close();
        await removeAll(prefix);
      },
    };
  }, [{ hook: 'unreadableRecords', reason: 'a batch is read before it is stored' }]);
});

interface Found {
  readonly hits: { readonly hits: readonly { _index: string; _id: string; _source: object }[] };
}

/** Writes an id that is none into the document of the span that started last. */
async function spoilNewestSpan(prefix: string): Promise<void> {
  const indices = `${prefix}-jaeger-span-*`;
  await ask('POST', `/${indices}/_refresh`);
  const query = { size: 1, sort: [{ startTime: 'desc' }] };
  const { hits } = await ask<Found>('POST', `/${indices}/_search`, query);
  const [hit] = hits.hits;
  if (hit === undefined) throw new Error('no span to spoil');
  const path = `/${hit._index}/_doc/${hit._id}?refresh=true`;
  await ask('PUT', path, { ...hit._source, spanID: 'no id' });
}
