import { type ArchiveStore, StorageError } from '@spoor/storage-api';
import { DecodeError, openBatch } from '@spoor/wire';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { ENCODINGS, RICH, type SampleBatch, sampleBatch, TRACE, text } from './sample-batch.ts';
import { operationsIn, query, spansOf } from './sample-query.ts';
import { LONG_AGO } from './searched-traces.ts';

/** For stores that have an `archive`. */
export function describeArchive(run: KitRun): void {
  describe('archive', () => {
    afterEach(() => run.stop());

    async function start(): Promise<ArchiveStore> {
      await run.start();
      return run.kit.store.archive ?? expect.fail('the store has no archive');
    }

    async function archived(archive: ArchiveStore, sample: SampleBatch) {
      const stored = sampleBatch(sample);
      await archive.writer.write(stored);
      return spansOf(stored);
    }

    for (const encoding of ENCODINGS) {
      it(`15: a trace comes back whole from ${encoding}`, async () => {
        const archive = await start();
        const addedTags = [text('zone', 'eu')];
        const spans = await archived(archive, { spans: [RICH], encoding, addedTags });
        expect((await archive.reader.trace(RICH.traceId))?.spans).toEqual(spans);
      });
    }

    it('15: warnings come with it', async () => {
      const archive = await start();
      const spans = [{ ...RICH, warnings: ['clock skew', 'second'] }];
      const stored = await archived(archive, { spans, encoding: 'jaeger-proto' });
      expect(stored.map(({ warnings }) => warnings)).toEqual([['clock skew', 'second']]);
      expect((await archive.reader.trace(RICH.traceId))?.spans).toEqual(stored);
    });

    it('15: spans of other batches come with it, and other traces do not', async () => {
      const archive = await start();
      expect(await archive.reader.trace(TRACE)).toBeUndefined();
      const first = { traceId: TRACE, operation: '1', spanId: '000000000000000a' };
      await archived(archive, { spans: [RICH, first] });
      await archived(archive, { spans: [{ ...first, operation: '2' }], service: 'backend' });
      const found = operationsIn(await archive.reader.trace(TRACE));
      expect(found.toSorted()).toEqual(['1', '2']);
      expect(await archive.reader.trace('000000000000abce')).toBeUndefined();
    });

    it('15: what is archived again is there at least once', async () => {
      const archive = await start();
      const [span] = await archived(archive, { spans: [RICH] });
      await archived(archive, { spans: [RICH] });
      const spans = (await archive.reader.trace(RICH.traceId))?.spans ?? [];
      expect(spans).toEqual(spans.map(() => span));
      expect(spans.length).toBeOneOf([1, 2]);
    });

    it('15: no call of the store itself finds what is archived, nor the archive what is not', async () => {
      const archive = await start();
      await archived(archive, { spans: [{ traceId: TRACE }], service: 'kept' });
      await run.write({ spans: [RICH], service: 'usual' });
      const { reader } = run.kit.store;
      expect(await reader.trace(TRACE)).toBeUndefined();
      expect(await reader.services()).toEqual(['usual']);
      expect(await reader.findTraceIds(query({}))).toEqual([RICH.traceId]);
      expect((await reader.arrivals(undefined, 10)).spans).toHaveLength(1);
      expect(await archive.reader.trace(RICH.traceId)).toBeUndefined();
    });

    it('16: a trace may be of any age', async () => {
      const archive = await start();
      const spans = await archived(archive, { spans: [{ traceId: TRACE, start: LONG_AGO }] });
      expect((await archive.reader.trace(TRACE))?.spans).toEqual(spans);
    });

    it('15: a batch that cannot be read is refused', async () => {
      const archive = await start();
      const { batch, ...header } = sampleBatch({ spans: [RICH] });
      const cut = openBatch(batch.encoding, batch.bytes.subarray(0, batch.bytes.length - 1));
      await expect(archive.writer.write({ ...header, batch: cut })).rejects.toThrow(DecodeError);
      expect(await archive.reader.trace(RICH.traceId)).toBeUndefined();
    });

    run.itWith('reopen', '16: it is there after the store was closed', async () => {
      const archive = await start();
      const spans = await archived(archive, { spans: [RICH] });
      const store = (await run.kit.reopen?.()) ?? expect.fail('no reopen');
      expect((await store.archive?.reader.trace(RICH.traceId))?.spans).toEqual(spans);
    });

    it('refuses what comes after the store was closed', async () => {
      const archive = await start();
      await run.kit.store.close();
      const closed = expect.objectContaining({ code: 'closed' });
      const batch = sampleBatch({ spans: [RICH] });
      await expect(archive.writer.write(batch)).rejects.toThrow(StorageError);
      await expect(archive.writer.write(batch)).rejects.toEqual(closed);
      await expect(archive.reader.trace(TRACE)).rejects.toEqual(closed);
    });
  });
}
