import { DecodeError, openBatch } from '@spoor/wire';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { ENCODINGS, float, int, NOON, RICH, sampleBatch, TRACE, text } from './sample-batch.ts';
import { operationsIn, query, spansOf } from './sample-query.ts';
import { LONG_AGO } from './searched-traces.ts';

export function describeWriting(run: KitRun): void {
  describe('writing and reading back', () => {
    afterEach(() => run.stop());

    it('2: a batch is found as soon as its write resolved, also among many at once', async () => {
      await run.start();
      const ids = Array.from({ length: 40 }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
      await Promise.all(
        ids.map(async (traceId) => {
          await run.write({ service: `service-${traceId}`, spans: [{ traceId }] });
          expect((await run.kit.store.reader.trace(traceId))?.spans).toHaveLength(1);
        }),
      );
      expect(await run.kit.store.reader.services()).toHaveLength(ids.length);
      expect(await run.kit.store.reader.findTraceIds(query({}))).toHaveLength(ids.length);
    });

    run.itWith('otherReader', '2: a reader apart from the writer sees it too', async () => {
      await run.start();
      const reader = run.kit.otherReader ?? expect.fail('no other reader');
      for (const operation of ['one', 'two', 'three']) {
        const known = operationsIn(await reader.trace(TRACE));
        await run.write({ service: operation, spans: [{ traceId: TRACE, operation }] });
        expect(operationsIn(await reader.trace(TRACE))).toEqual([...known, operation]);
        expect(await reader.services()).toContain(operation);
      }
    });

    for (const encoding of ENCODINGS) {
      it(`4: a span comes back whole from ${encoding}, with its added and format tags`, async () => {
        await run.start();
        const addedTags = [text('zone', 'eu'), int('rack', 4n)];
        const processTags = [text('hostname', 'a'), float('load', 0.5)];
        const [stored] = await run.write({ spans: [RICH], encoding, addedTags, processTags });
        const [span] = (await run.kit.store.reader.trace(RICH.traceId))?.spans ?? [];
        expect(span).toEqual(spansOf(stored)[0]);
        expect(span?.process.tags).toEqual([...processTags, ...addedTags]);
        expect(span?.tags.at(-1)).toEqual(text('internal.span.format', 'jaeger'));
        expect(span?.references).toEqual(RICH.references);
      });
    }

    it('4: warnings come back as warnings, in their order, beside the tags', async () => {
      await run.start();
      const warnings = ['clock skew', '', '路径 "2"'];
      const [stored] = await run.write({
        encoding: 'jaeger-proto',
        spans: [{ ...RICH, warnings }, { traceId: RICH.traceId }],
      });
      const { reader } = run.kit.store;
      const spans = (await reader.trace(RICH.traceId))?.spans ?? [];
      expect(spans.map((span) => span.warnings)).toEqual([warnings, []]);
      expect(spans).toEqual(spansOf(stored));
      const arrived = await reader.arrivals(undefined, 10);
      expect(arrived.spans.map((span) => span.warnings)).toEqual([warnings, []]);
    });

    it('4: spans that say themselves how they came are told nothing else', async () => {
      await run.start();
      const tags = [text('internal.span.format', 'zipkin')];
      const [stored] = await run.write({ spans: [{ traceId: TRACE, tags }], format: null });
      const { reader } = run.kit.store;
      expect((await reader.trace(TRACE))?.spans).toEqual(spansOf(stored));
      expect(spansOf(stored)[0]?.tags).toEqual(tags);
      const search = (format: string) => query({ tags: { 'internal.span.format': format } });
      expect(await reader.findTraceIds(search('zipkin'))).toEqual([TRACE]);
      expect(await reader.findTraceIds(search('jaeger'))).toEqual([]);
    });

    it('4: spans of a trace come in any number of batches, encodings and services', async () => {
      await run.start();
      await run.write(
        { service: 'a', spans: [{ traceId: TRACE, operation: '1', start: 9 }] },
        { service: 'b', encoding: 'jaeger-proto', spans: [{ traceId: TRACE, operation: '2' }] },
        {
          service: 'a',
          spans: [{ traceId: '00000000000000ff' }, { traceId: TRACE, operation: '3' }],
        },
      );
      const trace = await run.kit.store.reader.trace(TRACE);
      expect(operationsIn(trace)).toEqual(['1', '2', '3']);
      expect(trace?.spans.map((span) => span.process.serviceName)).toEqual(['a', 'b', 'a']);
      expect(await run.kit.store.reader.findTraces(query({ serviceName: 'b' }))).toEqual([trace]);
    });

    it('4: a batch may hold spans of several services', async () => {
      await run.start();
      const spans = ['', 'b', 'a', 'b'].map((service, i) => ({
        traceId: TRACE,
        operation: `${i}`,
        service,
        start: i,
      }));
      const [stored] = await run.write({ spans, encoding: 'jaeger-proto' });
      const { reader } = run.kit.store;
      expect((await reader.trace(TRACE))?.spans).toEqual(spansOf(stored));
      expect(await reader.services()).toEqual(['a', 'b', 'empty-service-name']);
      const ofB = await reader.operations({ serviceName: 'b' });
      expect(ofB.map(({ name }) => name)).toEqual(['1', '3']);
      const bOnly = query({ serviceName: 'b', operationName: '2' });
      expect(await reader.findTraceIds(bOnly)).toEqual([]);
    });

    it('4: a batch may come without a process', async () => {
      await run.start();
      const [stored] = await run.write({
        service: null,
        spans: [{ traceId: TRACE }],
        encoding: 'jaeger-proto',
      });
      const { reader } = run.kit.store;
      const serviceName = 'null-process-and-service-name';
      expect(await reader.services()).toEqual([serviceName]);
      expect(await reader.operations({ serviceName })).toHaveLength(1);
      expect(await reader.findTraceIds(query({ serviceName }))).toEqual([TRACE]);
      expect((await reader.trace(TRACE))?.spans).toEqual(spansOf(stored));
    });

    it('4: the bytes of a batch are free again once its write resolved', async () => {
      await run.start();
      const stored = sampleBatch({ spans: [RICH] });
      const bytes = Uint8Array.from(stored.batch.bytes);
      const batch = openBatch(stored.batch.encoding, bytes);
      await run.kit.store.writer.write({ ...stored, batch });
      await run.kit.settle?.();
      bytes.fill(0);
      expect((await run.kit.store.reader.trace(RICH.traceId))?.spans).toEqual(spansOf(stored));
    });

    it('3: a batch that cannot be read is refused, and nothing of it is stored', async () => {
      await run.start();
      await run.write({ spans: [{ traceId: TRACE }], service: 'good' });
      const { batch, ...header } = sampleBatch({ spans: [RICH, RICH], service: 'bad' });
      for (const length of [0, 1, batch.bytes.length - 1]) {
        const cut = openBatch(batch.encoding, batch.bytes.subarray(0, length));
        const written = run.kit.store.writer.write({ ...header, batch: cut });
        await expect(written).rejects.toThrow(DecodeError);
      }
      await run.write({ spans: [{ traceId: TRACE }], service: 'good' });
      const { reader } = run.kit.store;
      expect(await reader.services()).toEqual(['good']);
      expect(await reader.findTraceIds(query({}))).toEqual([TRACE]);
      expect((await reader.arrivals(undefined, 10)).spans).toHaveLength(2);
    });

    it('6: a trace of many spans in many batches is whole and in order, also where clocks are equal', async () => {
      await run.start();
      const names = Array.from({ length: 1000 }, (_, i) => `${i}`);
      const batches = Array.from({ length: 10 }, (_, i) => names.slice(100 * i, 100 * (i + 1)));
      await run.write(
        ...batches.map((part, i) => ({
          service: `service-${i % 3}`,
          spans: part.map((operation) => ({ traceId: TRACE, operation })),
        })),
      );
      expect(operationsIn(await run.kit.store.reader.trace(TRACE))).toEqual(names);
      const found = await run.kit.store.reader.findTraces(query({ limit: 1 }));
      expect(found.map(operationsIn)).toEqual([names]);
    });

    it('4: equal spans are not merged, in one batch or in two', async () => {
      await run.start();
      const span = { traceId: TRACE, spanId: '0000000000000001' };
      await run.write({ spans: [span, span] }, { spans: [span] });
      expect((await run.kit.store.reader.trace(TRACE))?.spans).toHaveLength(3);
      const [found] = await run.kit.store.reader.findTraces(query({}));
      expect(found?.spans).toHaveLength(3);
    });

    it('4: more than a thousand spans and a hundred traces in one batch', async () => {
      await run.start();
      const ids = Array.from({ length: 100 }, (_, i) => `c${i}`.padStart(16, '0'));
      const spans = ids.flatMap((traceId) => Array.from({ length: 11 }, () => ({ traceId })));
      await run.write({ spans, encoding: 'jaeger-proto' });
      for (const id of [ids[0], ids[99]]) {
        expect((await run.kit.store.reader.trace(id ?? ''))?.spans).toHaveLength(11);
      }
      expect(await run.kit.store.reader.findTraceIds(query({ limit: 1000 }))).toHaveLength(100);
    });

    it('4: a batch without spans is taken, and its process is no service', async () => {
      await run.start();
      await run.write(
        { spans: [], service: 'idle' },
        { spans: [{ traceId: TRACE }], service: 'a' },
      );
      expect(await run.kit.store.reader.findTraceIds(query({}))).toEqual([TRACE]);
      expect(await run.kit.store.reader.services()).toEqual(['a']);
    });

    it('5: a span may be stamped any time', async () => {
      await run.start();
      const starts = [LONG_AGO, 1 - NOON, -NOON, -NOON - 1_000_000, -LONG_AGO];
      const ids = starts.map((_, i) => `${i + 1}`.padStart(16, '0'));
      await run.write(...starts.map((start, i) => ({ spans: [{ traceId: ids[i] ?? '', start }] })));
      for (const [i, start] of starts.entries()) {
        const window = query({ startTimeMin: start, startTimeMax: start });
        const found = await run.kit.store.reader.findTraceIds(window);
        expect(found, `${start} µs after noon`).toEqual([ids[i]]);
      }
    });
  });
}
