import { sampleBatch } from '@spoor/storage-testkit';
import { afterAll, expect, it } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import {
  ask,
  describeWithServer,
  newPrefix,
  removeAll,
  testOptions,
} from './testing/test-server.ts';

const BATCH = sampleBatch({ spans: [{ traceId: '000000000000abcd' }] });

/** What the template of a prefix says of shards, on either version of the server. */
async function shardsOf(prefix: string): Promise<string | undefined> {
  const settings = await ask<object>('GET', `/${prefix}-jaeger-span-2026-11-22/_settings`);
  return /"number_of_shards":"(\d+)"/.exec(JSON.stringify(settings))?.[1];
}

describeWithServer("the archive's template", () => {
  const prefixes: string[] = [];
  function options() {
    const prefix = newPrefix();
    prefixes.push(prefix);
    return { prefix, store: { ...testOptions(prefix), shards: 2 } };
  }
  afterAll(async () => {
    for (const prefix of prefixes) await removeAll(prefix);
  });

  it('does not take the place of the one that the indices of every day are made by', async () => {
    const { prefix, store: ofStore } = options();
    const store = await openElasticsearchStore({ ...ofStore, archive: testOptions(prefix) });
    await store.check();
    await store.archive?.writer.write(BATCH);
    await store.writer.write(BATCH);
    expect(await shardsOf(prefix)).toBe('2');
    await store.close();
  });

  it('is there for an archive that is written first, until the store makes its own', async () => {
    const { prefix, store: ofStore } = options();
    const archive = { ...testOptions(prefix), shards: 3 };
    const store = await openElasticsearchStore({ ...ofStore, archive });
    await store.archive?.writer.write(BATCH);
    const trace = await store.archive?.reader.trace('000000000000abcd');
    expect(trace?.spans).toHaveLength(1);
    await store.writer.write(BATCH);
    expect(await shardsOf(prefix)).toBe('2');
    await store.close();
  });
});
