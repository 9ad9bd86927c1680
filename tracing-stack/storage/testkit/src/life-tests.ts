import { StorageError } from '@spoor/storage-api';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { RICH, sampleBatch, TRACE } from './sample-batch.ts';
import { operationsIn, query, spansOf } from './sample-query.ts';

export function describeLife(run: KitRun): void {
  describe('over its life', () => {
    afterEach(() => run.stop());

    run.itWith('reopen', '1: what was written is there after the store was closed', async () => {
      await run.start();
      const stored = await run.write({ spans: [RICH] }, { spans: [{ traceId: TRACE }] });
      const { reader } = (await run.kit.reopen?.()) ?? expect.fail('no reopen');
      expect((await reader.trace(RICH.traceId))?.spans).toEqual(spansOf(stored[0]));
      expect((await reader.trace(TRACE))?.spans).toEqual(spansOf(stored[1]));
      expect(await reader.services()).toEqual(['frontend']);
      expect(await reader.findTraceIds(query({}))).toEqual([RICH.traceId, TRACE]);
    });

    run.itWith('reopen', '1: after opening it again, the store goes on where it was', async () => {
      await run.start();
      await run.write({ spans: [{ traceId: TRACE, operation: 'before' }] });
      const { cursor } = await run.kit.store.reader.arrivals(undefined, 10);
      const store = (await run.kit.reopen?.()) ?? expect.fail('no reopen');
      await store.writer.write(sampleBatch({ spans: [{ traceId: TRACE, operation: 'after' }] }));
      await run.kit.settle?.();
      expect(operationsIn(await store.reader.trace(TRACE))).toEqual(['before', 'after']);
      expect(operationsIn(await store.reader.arrivals(cursor, 10))).toEqual(['after']);
    });

    it('is checked, closed, and then refuses', async () => {
      await run.start();
      const { store } = run.kit;
      await expect(store.check()).resolves.toBeUndefined();
      const written = store.writer.write(sampleBatch({ spans: [{ traceId: TRACE }] }));
      await store.close();
      await expect(written).resolves.toBeUndefined();
      await store.close();
      const closed = expect.objectContaining({ code: 'closed' });
      await expect(store.check()).rejects.toThrow(StorageError);
      await expect(store.check()).rejects.toEqual(closed);
      await expect(store.writer.write(sampleBatch({ spans: [] }))).rejects.toEqual(closed);
      await expect(store.reader.services()).rejects.toEqual(closed);
      await expect(store.reader.trace(TRACE)).rejects.toEqual(closed);
    });
  });
}
