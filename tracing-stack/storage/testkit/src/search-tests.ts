import { tagTextHash } from '@spoor/wire';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { ENCODINGS, int, type SampleSpan, TRACE, text } from './sample-batch.ts';
import { query } from './sample-query.ts';
import { SEARCHED, TRACES } from './searched-traces.ts';
import { SEARCHES } from './searches.ts';

export function describeSearches(run: KitRun): void {
  describe.each(ENCODINGS)('7: finds traces in %s', (encoding) => {
    beforeAll(async () => {
      await run.start();
      await run.write(...SEARCHED.map((batch) => ({ ...batch, encoding })));
    });
    afterAll(() => run.stop());

    for (const search of SEARCHES) {
      it(search.name, async () => {
        const { reader } = run.kit.store;
        const expected = search.finds.map((trace) => TRACES[trace]);
        const asked = query(search.query);
        expect(await reader.findTraceIds(asked)).toEqual(expected);
        const found = await reader.findTraces(asked);
        expect(found.map(({ traceId }) => traceId)).toEqual(expected);
        for (const trace of found) expect(trace).toEqual(await reader.trace(trace.traceId));
      });
    }
  });

  describe('7: finds traces among many', () => {
    afterEach(() => run.stop());

    it('all of a thousand, by each of their marks, and the newest of them', async () => {
      await run.start();
      // Every start once, and none in order.
      const starts = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
      const idOf = (start: number) => `a${start}`.padStart(16, '0');
      const spans = starts.map((start): SampleSpan => {
        const tags = [int('third', BigInt(start % 3))];
        return { traceId: idOf(start), start, duration: 10 + start, tags };
      });
      const batches = Array.from({ length: 4 }, (_, i) => spans.slice(250 * i, 250 * (i + 1)));
      await run.write(...batches.map((part) => ({ spans: part })));
      const { reader } = run.kit.store;
      const limit = 1000;
      for (const [marks, count] of [
        [{}, 1000],
        [{ serviceName: 'frontend' }, 1000],
        [{ operationName: 'work' }, 1000],
        [{ durationMin: 510 }, 500],
        [{ tags: { third: '1' } }, 333],
      ] as const) {
        expect(await reader.findTraceIds(query({ ...marks, limit }))).toHaveLength(count);
      }
      const newest = await reader.findTraceIds(query({ limit: 4 }));
      expect(newest).toEqual([999, 998, 997, 996].map(idOf));
      const tagged = await reader.findTraceIds(query({ tags: { third: '1' }, limit: 4 }));
      expect(tagged).toEqual([997, 994, 991, 988].map(idOf));
    });

    it('by a tag, also where another has the same hash', async () => {
      await run.start();
      const carts = ['red-violet-silver-white', 'red-onyx-rose-indigo'] as const;
      const [hash, same] = carts.map((cart) => tagTextHash('cart', cart));
      expect(hash).toBe(same);
      await run.write({ spans: [{ traceId: TRACE, tags: [text('cart', carts[0])] }] });
      const { reader } = run.kit.store;
      expect(await reader.findTraceIds(query({ tags: { cart: carts[0] } }))).toEqual([TRACE]);
      expect(await reader.findTraceIds(query({ tags: { cart: carts[1] } }))).toEqual([]);
    });

    it('by a tag across services, also where the name of one leaves a tag no room in a key', async () => {
      await run.start();
      const currency = 'v'.repeat(255);
      await run.write(
        { service: 'x'.repeat(65_300), spans: [{ traceId: TRACES.odd }] },
        { spans: [{ traceId: TRACE, tags: [text('currency', currency)] }] },
      );
      const { reader } = run.kit.store;
      expect(await reader.findTraceIds(query({ tags: { currency } }))).toEqual([TRACE]);
    });

    it('as many as the limit among equals, and the same in both calls', async () => {
      await run.start();
      const ids = Array.from({ length: 9 }, (_, i) => `e${i}`.padStart(16, '0'));
      await run.write(
        { spans: ids.slice(0, 5).map((traceId) => ({ traceId, start: 7 })) },
        { spans: ids.slice(5).map((traceId) => ({ traceId, start: 7 })) },
        { spans: [{ traceId: TRACES.ancient, start: 8 }] },
      );
      const { reader } = run.kit.store;
      for (const limit of [1, 4, 9, 10]) {
        const found = await reader.findTraceIds(query({ limit }));
        expect(found[0]).toBe(TRACES.ancient);
        expect(new Set(found).size).toBe(limit);
        expect([TRACES.ancient, ...ids]).toEqual(expect.arrayContaining(found));
        const traces = await reader.findTraces(query({ limit }));
        expect(traces.map(({ traceId }) => traceId)).toEqual(found);
      }
    });
  });
}
