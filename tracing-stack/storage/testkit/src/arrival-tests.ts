import { StorageError } from '@spoor/storage-api';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { RICH, spansAlone, TRACE, text } from './sample-batch.ts';
import { operationsIn, spansOf } from './sample-query.ts';

/** Spans of 30 bytes each in 4 MiB. */
const LARGEST = 139_806;

export function describeArrivals(run: KitRun): void {
  describe('arrivals', () => {
    afterEach(() => run.stop());

    it('10: arrivals come once, in order, across calls', async () => {
      await run.start();
      const { reader } = run.kit.store;
      const empty = await reader.arrivals(undefined, 10);
      expect(empty.spans).toEqual([]);
      const names = ['1', '2', '3', '4', '5'];
      await run.write(...names.map((operation) => ({ spans: [{ traceId: TRACE, operation }] })));
      const first = await reader.arrivals(empty.cursor, 2);
      expect(operationsIn(first)).toEqual(['1', '2']);
      const second = await reader.arrivals(first.cursor, 2);
      expect(operationsIn(second)).toEqual(['3', '4']);
      const third = await reader.arrivals(second.cursor, 2);
      expect(operationsIn(third)).toEqual(['5']);
      const none = await reader.arrivals(third.cursor, 2);
      expect(none.spans).toEqual([]);
      await run.write({ spans: [{ traceId: TRACE, operation: '6' }] });
      expect(operationsIn(await reader.arrivals(none.cursor, 2))).toEqual(['6']);
      expect(operationsIn(await reader.arrivals(undefined, 100))).toEqual([...names, '6']);
    });

    it('10: a batch is not torn apart, however small the limit', async () => {
      await run.start();
      const three = ['1', '2', '3'].map((operation) => ({ traceId: TRACE, operation }));
      await run.write({ spans: three }, { spans: [{ traceId: TRACE, operation: '4' }] });
      const first = await run.kit.store.reader.arrivals(undefined, 1);
      expect(operationsIn(first)).toEqual(['1', '2', '3']);
      expect(operationsIn(await run.kit.store.reader.arrivals(first.cursor, 1))).toEqual(['4']);
    });

    it('10: with no cursor and a limit of 0 the cursor stands after the newest', async () => {
      await run.start();
      await run.write({ spans: [{ traceId: TRACE, operation: 'old' }] });
      const now = await run.kit.store.reader.arrivals(undefined, 0);
      expect(now.spans).toEqual([]);
      await run.write({ spans: [{ traceId: TRACE, operation: 'new' }] });
      expect(operationsIn(await run.kit.store.reader.arrivals(now.cursor, 10))).toEqual(['new']);
    });

    it('10: the largest batch that a collector takes does not stop those behind it', async () => {
      await run.start();
      await run.kit.store.writer.write(spansAlone(LARGEST));
      await run.write({ spans: [{ traceId: TRACE, operation: 'next' }] });
      const { spans } = await run.kit.store.reader.arrivals(undefined, LARGEST + 1);
      expect(spans).toHaveLength(LARGEST + 1);
      expect(spans.at(-1)?.operationName).toBe('next');
    });

    it('10: arrivals are whole spans, as a trace has them', async () => {
      await run.start();
      const stored = await run.write(
        { spans: [RICH], addedTags: [text('zone', 'eu')], format: 'otlp' },
        { spans: [RICH], encoding: 'jaeger-proto', service: '' },
      );
      const { spans } = await run.kit.store.reader.arrivals(undefined, Number.POSITIVE_INFINITY);
      expect(spans).toEqual(stored.flatMap(spansOf));
    });

    it('10: what is no cursor is refused', async () => {
      await run.start();
      await run.write({ spans: [{ traceId: TRACE }] });
      for (const text of ['', 'next', '-1', '1.5', '99999999999999999999']) {
        const refused = expect(run.kit.store.reader.arrivals(text, 10), text).rejects;
        await refused.toThrow(StorageError);
      }
    });

    it('10: whoever polls while many write misses nothing', async () => {
      await run.start();
      const names = Array.from({ length: 60 }, (_, i) => `${i}`);
      let writing = true;
      const written = Promise.all(
        names.map((operation) => run.write({ spans: [{ traceId: TRACE, operation }] })),
      ).then(() => (writing = false));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const arrivals = await run.kit.store.reader.arrivals(cursor, 7);
        seen.push(...operationsIn(arrivals));
        cursor = arrivals.cursor;
        await new Promise((resolve) => setImmediate(resolve));
      } while (writing || seen.length < names.length);
      await written;
      expect(seen.toSorted()).toEqual(names.toSorted());
    });
  });
}
