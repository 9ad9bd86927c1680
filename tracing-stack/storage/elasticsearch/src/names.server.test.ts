import { NOON, sampleBatch, text } from '@spoor/storage-testkit';
import { afterEach, expect, it, vi } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import {
  ask,
  describeWithServer,
  newPrefix,
  removeAll,
  testOptions,
} from './testing/test-server.ts';

const HOUR_MS = 3_600_000;

function batchAt(now: number, operation: string) {
  const span = { traceId: '000000000000abcd', start: 1000 * now - NOON };
  const tags = [text('span.kind', 'server')];
  return sampleBatch({ service: 'shop', spans: [{ ...span, operation, tags }] });
}

describeWithServer('names', () => {
  const prefix = newPrefix();
  afterEach(() => removeAll(prefix));

  it('are listed with their kinds while spans come, however short the time is that is listed', async () => {
    let now = Date.now();
    const clock = () => now;
    const store = await openElasticsearchStore({
      ...testOptions(prefix),
      maxSpanAgeMs: HOUR_MS,
      clock,
    });
    for (let i = 0; i < 3; i++) {
      await store.writer.write(batchAt(now, 'pay'));
      now += (2 / 3) * HOUR_MS;
      expect(await store.reader.operations({ serviceName: 'shop' }), `${i}`).toEqual([
        { name: 'pay', spanKind: 'server' },
      ]);
    }
    await store.close();
  });

  it('that were not seen for longer are removed, the others stay', async () => {
    const options = { ...testOptions(prefix), maxSpanAgeMs: HOUR_MS };
    const then = Date.now() - 2 * HOUR_MS;
    const old = await openElasticsearchStore({ ...options, clock: () => then });
    await old.writer.write(batchAt(then, 'old'));
    await old.close();
    const store = await openElasticsearchStore(options);
    await store.writer.write(batchAt(Date.now(), 'new'));
    interface Found {
      readonly hits: { readonly hits: { readonly _source: { readonly operationName: string } }[] };
    }
    await vi.waitFor(
      async () => {
        const { hits } = await ask<Found>('GET', `/${prefix}-spoor-operation/_search`);
        expect(hits.hits.map(({ _source }) => _source.operationName)).toEqual(['new']);
      },
      { timeout: 60_000, interval: 200 },
    );
    await store.close();
  });
});
