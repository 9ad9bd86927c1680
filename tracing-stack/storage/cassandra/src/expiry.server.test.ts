import { RICH, sampleBatch, sampleQuery, text } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASSANDRA_DEFAULTS } from './store-options.ts';
import { TestKeyspace } from './testing/test-keyspace.ts';

const TRACE = '00000000000000ee';
const TTL_S = 8;
const keyspace = TestKeyspace.open('spoor_expiry');
const archived = TestKeyspace.open('spoor_expiry_archive');
const SPAN = { ...RICH, traceId: TRACE, tags: [text('color', 'red'), text('size', 'large')] };

describe.skipIf(keyspace === undefined)('on a real Cassandra', () => {
  beforeAll(async () => {
    for (const one of [keyspace, archived]) {
      await one?.client.execute(`DROP KEYSPACE IF EXISTS ${one.name}`);
    }
  });
  afterAll(async () => {
    await keyspace?.drop();
    await archived?.drop();
  });

  it('a batch is forgotten as a whole when its time is up, but not by the archive', async () => {
    if (keyspace === undefined || archived === undefined) throw new Error('no server');
    const archive = { keyspace: archived.name };
    const store = await keyspace.openStore({ traceTtl: TTL_S * 1_000_000, archive });
    await store.check();
    const batch = sampleBatch({ spans: [SPAN] });
    const began = performance.now();
    await store.writer.write(batch);
    await store.archive?.writer.write(batch);
    const { reader } = store;
    if (performance.now() - began < (TTL_S - 2) * 1000) {
      expect((await reader.trace(TRACE))?.spans).toHaveLength(1);
    }
    await vi.waitFor(async () => expect(await reader.trace(TRACE)).toBeUndefined(), 60_000);
    for (const query of [{}, { tags: { color: 'red' } }, { durationMin: 0 }]) {
      expect(await reader.findTraceIds(sampleQuery(query))).toEqual([]);
    }
    await vi.waitFor(async () => expect(await reader.services()).toEqual([]), 60_000);
    expect((await reader.arrivals(undefined, 10)).spans).toEqual([]);
    expect((await store.archive?.reader.trace(TRACE))?.spans).toHaveLength(1);
    await store.close();
  });

  it.each([
    ['all tags', {}, ['color', 'size']],
    ['no tags of spans', { tags: false }, []],
    ['all but one', { blacklist: ['color'] }, ['size']],
    ['only one', { whitelist: ['color'] }, ['color']],
  ])(
    'with an index of %s a trace is found by what is in it, and by its service',
    async (_, index, found) => {
      if (keyspace === undefined) throw new Error('no server');
      await keyspace.client.execute(`DROP KEYSPACE IF EXISTS ${keyspace.name}`);
      const options = { ...CASSANDRA_DEFAULTS.index, ...index };
      const store = await keyspace.openStore({ index: options });
      await store.writer.write(sampleBatch({ spans: [SPAN] }));
      const by: string[] = [];
      for (const { key, value } of SPAN.tags) {
        const tags = { [key]: String(value) };
        if ((await store.reader.findTraceIds(sampleQuery({ tags }))).length > 0) by.push(key);
      }
      expect(by).toEqual(found);
      expect(await store.reader.findTraceIds(sampleQuery({}))).toEqual([TRACE]);
      await store.close();
    },
  );
});
