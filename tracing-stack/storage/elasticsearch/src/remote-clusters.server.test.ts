import { sampleBatch, sampleQuery } from '@spoor/storage-testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import {
  ask,
  describeWithServer,
  newPrefix,
  removeAll,
  testOptions,
} from './testing/test-server.ts';

const TRACE = '000000000000abcd';
const DAY = 86_400_000_000;

describeWithServer('a remote cluster', () => {
  const prefix = newPrefix();
  /** Its own server, which it is given as another one, too. */
  const setRemote = (seeds: readonly string[] | null) =>
    ask('PUT', '/_cluster/settings', { persistent: { cluster: { remote: { far: { seeds } } } } });

  beforeAll(async () => {
    type Nodes = { nodes: Record<string, { transport: { bound_address: string[] } }> };
    const { nodes } = await ask<Nodes>('GET', '/_nodes/transport');
    const addresses = Object.values(nodes).flatMap(({ transport }) => transport.bound_address);
    await setRemote(addresses.slice(0, 1));
    await vi.waitFor(
      async () => {
        const info = await ask<Record<string, { connected: boolean }>>('GET', '/_remote/info');
        expect(info['far']?.connected).toBe(true);
      },
      { timeout: 60_000, interval: 200 },
    );
  });
  afterAll(async () => {
    await setRemote(null);
    await removeAll(prefix);
  });

  it('is read by every kind of question, and its archive is not', async () => {
    const options = { ...testOptions(prefix), remoteReadClusters: ['far'] };
    const store = await openElasticsearchStore({ ...options, archive: testOptions(prefix) });
    const batch = sampleBatch({ spans: [{ traceId: TRACE }] });
    await store.writer.write(batch);
    const archived = '000000000000aaaa';
    await store.archive?.writer.write(sampleBatch({ spans: [{ traceId: archived }] }));
    const { reader } = store;
    // Each span is there twice: both clusters are one.
    expect((await reader.trace(TRACE))?.spans).toHaveLength(2);
    expect(await reader.trace(archived)).toBeUndefined();
    expect(await reader.findTraceIds(sampleQuery({}))).toEqual([TRACE]);
    const since = { startTimeMin: -100 * DAY };
    expect(await reader.findTraceIds(sampleQuery(since))).toEqual([TRACE]);
    expect(await reader.findTraces(sampleQuery(since))).toHaveLength(1);
    expect(await reader.services()).toEqual(['frontend']);
    await store.close();
  });
});
