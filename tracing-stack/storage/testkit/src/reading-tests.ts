import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { int, sampleBatch, TRACE, text } from './sample-batch.ts';
import { operationsIn, query } from './sample-query.ts';
import { LONGER_THAN_A_KEY, TRACES } from './searched-traces.ts';

export function describeReading(run: KitRun): void {
  describe('reading by name', () => {
    afterEach(() => run.stop());

    it('an empty store answers every call', async () => {
      await run.start();
      const { reader } = run.kit.store;
      expect(await reader.services()).toEqual([]);
      expect(await reader.operations({ serviceName: 'frontend' })).toEqual([]);
      expect(await reader.trace(TRACE)).toBeUndefined();
      for (const search of [{}, { serviceName: 'frontend', tags: { a: 'b' } }]) {
        expect(await reader.findTraces(query(search))).toEqual([]);
        expect(await reader.findTraceIds(query(search))).toEqual([]);
      }
      const { spans, cursor } = await reader.arrivals(undefined, 10);
      expect(spans).toEqual([]);
      expect(await reader.arrivals(cursor, 10)).toEqual({ spans, cursor });
    });

    it('6: an unknown trace is undefined', async () => {
      await run.start();
      await run.write({ spans: [{ traceId: TRACE }] });
      expect(await run.kit.store.reader.trace('000000000000abce')).toBeUndefined();
    });

    it('6: traces with the same low 64 bits are different', async () => {
      await run.start();
      await run.write({
        spans: [{ traceId: TRACES.wide }, { traceId: TRACES.narrow }, { traceId: TRACES.wide }],
      });
      expect((await run.kit.store.reader.trace(TRACES.wide))?.spans).toHaveLength(2);
      expect((await run.kit.store.reader.trace(TRACES.narrow))?.spans).toHaveLength(1);
    });

    it('6: the trace with the id 0 is one like the others', async () => {
      await run.start();
      const zero = '0000000000000000';
      await run.write({ spans: [{ traceId: zero }] });
      expect((await run.kit.store.reader.trace(zero))?.spans).toHaveLength(1);
      expect(await run.kit.store.reader.findTraceIds(query({}))).toEqual([zero]);
    });

    it('8: services are sorted and each is there once; a nameless one has its name', async () => {
      await run.start();
      await run.write(
        ...['zebra', 'ant', '', 'zebra', 'Ant', 'x'.repeat(5000)].map((service) => ({
          service,
          spans: [{ traceId: TRACE }],
        })),
      );
      const services = await run.kit.store.reader.services();
      expect(services).toEqual(['Ant', 'ant', 'empty-service-name', 'x'.repeat(5000), 'zebra']);
    });

    it('8: operations are sorted, each with its kind once, of one service', async () => {
      await run.start();
      const kinds = ['server', 'client', '', 'server'];
      const spans = kinds.flatMap((kind) =>
        ['b', 'a', 'long'.repeat(2000)].map((operation) => ({
          traceId: TRACE,
          operation,
          tags: kind === '' ? [] : [text('span.kind', kind)],
        })),
      );
      await run.write({ spans }, { spans }, { service: 'other', spans: [{ traceId: TRACE }] });
      const { reader } = run.kit.store;
      const all = await reader.operations({ serviceName: 'frontend' });
      expect(all).toEqual(
        ['a', 'b', 'long'.repeat(2000)].flatMap((operation) =>
          ['', 'client', 'server'].map((spanKind) => ({ name: operation, spanKind })),
        ),
      );
      const servers = await reader.operations({ serviceName: 'frontend', spanKind: 'server' });
      expect(servers).toEqual(all.filter(({ spanKind }) => spanKind === 'server'));
      expect(await reader.operations({ serviceName: 'other' })).toEqual([
        { name: 'work', spanKind: '' },
      ]);
      expect(await reader.operations({ serviceName: 'nobody' })).toEqual([]);
    });

    it.each([
      ['without a name', ''],
      ['with a name longer than any key', LONGER_THAN_A_KEY],
    ])('8: a service %s has no operations', async (_, serviceName) => {
      await run.start();
      await run.write({ spans: [{ traceId: TRACE }] });
      expect(await run.kit.store.reader.operations({ serviceName })).toEqual([]);
    });

    it('8: operations of equal names are those of their service, and of no kind where they have none', async () => {
      await run.start();
      const spans = (kind: string) => [
        { traceId: TRACE, operation: 'get' },
        { traceId: TRACE, operation: 'get', tags: [text('span.kind', kind)] },
      ];
      await run.write(
        { service: 'a', spans: spans('server') },
        { service: 'b', spans: spans('client') },
        { service: 'c', spans: [{ traceId: TRACE, tags: [int('span.kind', 1n)] }] },
      );
      const { reader } = run.kit.store;
      const kindless = { name: 'get', spanKind: '' };
      expect(await reader.operations({ serviceName: 'a' })).toEqual([
        kindless,
        { name: 'get', spanKind: 'server' },
      ]);
      expect(await reader.operations({ serviceName: 'b', spanKind: '' })).toEqual([kindless]);
      expect(await reader.operations({ serviceName: 'b', spanKind: 'server' })).toEqual([]);
      expect(await reader.operations({ serviceName: 'c' })).toEqual([
        { name: 'work', spanKind: '' },
      ]);
    });

    it('8: all of many names, and such as differ only behind what a key holds', async () => {
      await run.start();
      const names = Array.from({ length: 60 }, (_, i) => `${'n'.repeat(100 * i)}${i}`);
      await run.write(
        { spans: names.map((operation) => ({ traceId: TRACE, operation })) },
        {
          encoding: 'jaeger-proto',
          spans: names.map((service) => ({ traceId: TRACE, service })),
        },
      );
      const { reader } = run.kit.store;
      expect(await reader.services()).toEqual([...names, 'frontend'].toSorted());
      const operations = await reader.operations({ serviceName: 'frontend' });
      expect(operations.map(({ name }) => name)).toEqual(names.toSorted());
    });

    run.itWith('unreadableRecords', '9: a batch that turns out bad is left out', async () => {
      await run.start();
      const { batch, ...header } = sampleBatch({ spans: [{ traceId: TRACE, operation: 'bad' }] });
      const bad = { ...batch, bytes: new Uint8Array(batch.bytes.length).fill(0xff) };
      const index = batch.index();
      await run.write({ spans: [{ traceId: TRACE, operation: 'good', start: -5 }] });
      await run.kit.store.writer.write({
        ...header,
        batch: { ...bad, encoding: batch.encoding, index: () => index, spans: () => [] },
      });
      await run.kit.settle?.();
      const { reader } = run.kit.store;
      expect(run.kit.unreadableRecords?.()).toBe(0);
      expect(operationsIn(await reader.trace(TRACE))).toEqual(['good']);
      expect(run.kit.unreadableRecords?.()).toBe(1);
      expect((await reader.findTraces(query({}))).map(operationsIn)).toEqual([['good']]);
      const format = { 'internal.span.format': 'jaeger' };
      expect(await reader.findTraceIds(query({ tags: format }))).toEqual([TRACE]);
      expect(operationsIn(await reader.arrivals(undefined, 10))).toEqual(['good']);
    });

    run.itWith('spoilLastRecord', '9: an unreadable record is counted and left out', async () => {
      await run.start();
      await run.write(
        { spans: [{ traceId: TRACE, operation: 'good' }] },
        { spans: [{ traceId: TRACE, operation: 'bad', start: 5 }] },
      );
      await run.kit.spoilLastRecord?.();
      expect(run.kit.unreadableRecords?.()).toBe(0);
      const { reader } = run.kit.store;
      expect(operationsIn(await reader.trace(TRACE))).toEqual(['good']);
      expect(run.kit.unreadableRecords?.()).toBe(1);
      expect((await reader.findTraces(query({}))).map(operationsIn)).toEqual([['good']]);
      const arrivals = await reader.arrivals(undefined, 10);
      expect(operationsIn(arrivals)).toEqual(['good']);
      expect((await reader.arrivals(arrivals.cursor, 10)).spans).toEqual([]);
      expect(await reader.services()).toEqual(['frontend']);
    });
  });
}
