import { sampleBatch } from '@spoor/storage-testkit';
import { afterEach, expect, it, vi } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import { describeWithServer, newPrefix, removeAll, testOptions } from './testing/test-server.ts';

const DAY_MS = 86_400_000;
const TRACE = '000000000000abcd';

describeWithServer('arrivals', () => {
  const prefix = newPrefix();
  afterEach(() => removeAll(prefix));

  it('are forgotten after a day, but not their spans', async () => {
    const options = testOptions(prefix);
    const then = await openElasticsearchStore({ ...options, clock: () => Date.now() - 2 * DAY_MS });
    await then.writer.write(sampleBatch({ spans: [{ traceId: TRACE, operation: 'old' }] }));
    expect((await then.reader.arrivals(undefined, 10)).spans).toHaveLength(1);
    await then.close();

    const now = await openElasticsearchStore(options);
    await now.writer.write(sampleBatch({ spans: [{ traceId: TRACE, operation: 'new' }] }));
    await vi.waitFor(
      async () => {
        const { spans } = await now.reader.arrivals(undefined, 10);
        expect(spans.map(({ operationName }) => operationName)).toEqual(['new']);
      },
      { timeout: 60_000, interval: 200 },
    );
    expect((await now.reader.trace(TRACE))?.spans).toHaveLength(2);
    await now.close();
  });
});
