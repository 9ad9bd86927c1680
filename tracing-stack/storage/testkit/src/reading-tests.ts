import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { TRACE, text } from './sample-batch.ts';
import { operationsIn, query } from './sample-query.ts';
import { TRACES } from './searched-traces.ts';

export function describeReading(run: KitRun): void {
  describe('reading by name', () => {
    afterEach(() => run.stop());

    it('6: an unknown trace is undefined, in an empty store too', async () => {
      await run.start();
      expect(await run.kit.store.reader.trace(TRACE)).toBeUndefined();
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
