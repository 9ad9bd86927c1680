import type { TraceId } from '@spoor/model';
import { NOON, sampleBatch } from '@spoor/storage-testkit';
import { seededRandom } from '@spoor/wire/testkit';
import { expect, it } from 'vitest';
import { openMemoryStore } from './memory-store.ts';

/** What the store should do with its bound of traces, in the most obvious way. */
class PlainTraces {
  readonly spansOf = new Map<TraceId, { service: string; operation: string; start: number }[]>();
  added = 0;
  private readonly maxTraces: number;

  constructor(maxTraces: number) {
    this.maxTraces = maxTraces;
  }

  add(traceId: TraceId, service: string, operation: string, start: number): void {
    const spans = this.spansOf.get(traceId) ?? [];
    spans.push({ service, operation, start });
    this.spansOf.set(traceId, spans);
  }

  drop(): void {
    for (const traceId of this.spansOf.keys()) {
      if (this.spansOf.size > this.maxTraces) this.spansOf.delete(traceId);
    }
  }

  newest(service: string, limit: number): TraceId[] {
    return [...this.spansOf]
      .map(([traceId, spans]) => {
        const starts = spans.filter((span) => span.service === service).map(({ start }) => start);
        return { traceId, start: Math.max(...starts) };
      })
      .filter(({ start }) => start > Number.NEGATIVE_INFINITY)
      .sort((a, b) => b.start - a.start)
      .slice(0, limit)
      .map(({ traceId }) => traceId);
  }
}

it('many small segments answer as a plain list of traces does', async () => {
  const random = seededRandom(11);
  const plain = new PlainTraces(40);
  // Segments of four KiB: a few batches each.
  const store = await openMemoryStore({ maxTraces: 40, maxBytes: 64 * 1024 });
  for (let batch = 0; batch < 400; batch++) {
    const service = `service-${random.below(batch < 200 ? 5 : 3)}`;
    const spans = Array.from({ length: 1 + random.below(4) }, () => {
      const traceId = (1 + random.below(120)).toString(16).padStart(16, '0');
      const operation = `operation-${random.below(9)}`;
      // Clocks that differ, and no two equal starts.
      const start = 1000 * random.below(1_000_000) + plain.added++;
      plain.add(traceId, service, operation, start);
      return { traceId, operation, start };
    });
    await store.writer.write(sampleBatch({ service, spans }));
    plain.drop();
    if (batch % 20 !== 0) continue;
    const left = [...plain.spansOf.values()].flat();
    expect(await store.reader.services()).toEqual(names(left.map((span) => span.service)));
    const operations = await store.reader.operations({ serviceName: service });
    const own = left.filter((span) => span.service === service);
    expect(operations.map(({ name }) => name)).toEqual(names(own.map((span) => span.operation)));
    for (const limit of [1, 7, 1000]) {
      const query = { tags: new Map(), startTimeMin: 0, startTimeMax: 2 * NOON, limit };
      const found = await store.reader.findTraces({ ...query, serviceName: service });
      expect(found.map(({ traceId }) => traceId)).toEqual(plain.newest(service, limit));
      for (const { traceId, spans } of found) {
        expect(spans).toHaveLength(plain.spansOf.get(traceId)?.length ?? 0);
      }
    }
  }
  expect(store.stats.droppedTraces).toBeGreaterThan(100);
});

function names(all: readonly string[]): string[] {
  return [...new Set(all)].sort();
}
