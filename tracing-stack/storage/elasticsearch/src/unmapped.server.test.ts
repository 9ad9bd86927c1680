import { NOON, sampleQuery } from '@spoor/storage-testkit';
import { afterAll, expect, it } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import {
  ask,
  describeWithServer,
  newPrefix,
  removeAll,
  testOptions,
} from './testing/test-server.ts';

const HOUR = 3_600_000_000;

describeWithServer('indices without mappings', () => {
  const prefix = newPrefix();
  afterAll(() => removeAll(prefix));

  it('hold nothing, and that is no failure', async () => {
    for (const kind of ['span', 'dependencies']) {
      await ask('PUT', `/${prefix}-jaeger-${kind}-2026-11-22`, {
        settings: { number_of_shards: 1, number_of_replicas: 0 },
      });
    }
    const options = { ...testOptions(prefix), createTemplates: false };
    const store = await openElasticsearchStore(options);
    const { reader, dependencies } = store;
    expect(await reader.trace('000000000000abcd')).toBeUndefined();
    const all = { limit: Number.POSITIVE_INFINITY, order: 'longest-first' } as const;
    for (const query of [sampleQuery({}), sampleQuery(all)]) {
      expect(await reader.findTraceIds(query)).toEqual([]);
    }
    expect(await dependencies?.read(NOON, HOUR)).toEqual([]);
    const calls = dependencies?.calls?.traces(NOON, NOON + HOUR);
    expect(await calls?.[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
    await store.close();
  });
});
