import { type SpanStore, storedSpans } from '@spoor/storage-api';
import { NOON, RICH, sampleBatch, sampleQuery } from '@spoor/storage-testkit';
import { expect } from 'vitest';

/** Each kind of call once. The kit tries what they answer; here it is whether the server takes them as they come. */
export async function expectEveryKindOfCall(store: SpanStore): Promise<void> {
  const stored = sampleBatch({ spans: [RICH] });
  const spans = storedSpans(stored);
  const { reader, writer, archive, sampling, dependencies } = store;
  if (!archive || !sampling || !dependencies) expect.fail('the store has not all that it may have');

  await store.check();
  await writer.write(stored);
  expect((await reader.trace(RICH.traceId))?.spans).toEqual(spans);
  expect(await reader.findTraceIds(sampleQuery({ serviceName: 'frontend' }))).toEqual([
    RICH.traceId,
  ]);
  expect(await reader.services()).toEqual(['frontend']);
  expect(await reader.operations({ serviceName: 'frontend' })).not.toEqual([]);
  expect((await reader.arrivals(undefined, 10)).spans).toHaveLength(1);

  await archive.writer.write(stored);
  expect((await archive.reader.trace(RICH.traceId))?.spans).toEqual(spans);

  const lease = { name: 'leader', holder: 'one', until: NOON + 1 };
  expect(await sampling.takeLease(lease, NOON)).toBe(true);
  await sampling.addThroughput({ collector: 'one', time: NOON, duration: 1, operations: [] }, 0);
  expect(await sampling.throughput(NOON - 1, NOON)).toHaveLength(1);

  const link = { parent: 'frontend', child: 'backend', callCount: 3 };
  await dependencies.write(NOON, [link]);
  expect(await dependencies.read(NOON, 1)).toEqual([link]);
}
