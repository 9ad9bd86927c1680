import type { DependencyLink, DependencyStore } from '@spoor/storage-api';
import { countLinks } from '@spoor/storage-api/dependencies';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { NOON, type SampleBatch, type SampleSpan, TRACE, text } from './sample-batch.ts';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;

function link(parent: string, child: string, callCount: number): DependencyLink {
  return { parent, child, callCount };
}

/** A span of one service, alone in its batch. `start` in microseconds after noon. */
function call(
  service: string,
  id: number,
  parent: number | undefined,
  more: Partial<SampleSpan> & { readonly kind?: string } = {},
): SampleBatch {
  const { kind, ...span } = more;
  const traceId = more.traceId ?? TRACE;
  const references =
    parent === undefined ? [] : [{ refType: 'CHILD_OF' as const, traceId, spanId: spanId(parent) }];
  const tags = kind === undefined ? [] : [text('span.kind', kind)];
  return { service, spans: [{ traceId, spanId: spanId(id), references, tags, ...span }] };
}

function spanId(id: number): string {
  return id.toString(16).padStart(16, '0');
}

/** For stores that have `dependencies`. */
export function describeDependencies(run: KitRun): void {
  describe('dependencies', () => {
    afterEach(() => run.stop());

    async function start(): Promise<DependencyStore> {
      await run.start();
      return run.kit.store.dependencies ?? expect.fail('the store has no dependencies');
    }

    /** The links of the calls in the hour after noon, by whoever counts them for this store. */
    async function counted(...batches: readonly SampleBatch[]): Promise<DependencyLink[]> {
      const dependencies = await start();
      await run.write(...batches);
      const { calls } = dependencies;
      if (calls) await dependencies.write(NOON, await countLinks(calls, NOON, NOON + HOUR));
      return dependencies.read(NOON + HOUR - 1, HOUR - 1);
    }

    it('17: an empty store has no links', async () => {
      expect(await counted()).toEqual([]);
    });

    it('17: written links are added up, sorted, between two times that are included', async () => {
      const dependencies = await start();
      await dependencies.write(NOON, [link('b', 'a', 1), link('a', '数据库', 2)]);
      await dependencies.write(NOON + SECOND, [link('a', '数据库', 3), link('a', 'B', 5)]);
      const read = (from: number, to: number) => dependencies.read(NOON + to, to - from);
      expect(await read(0, SECOND)).toEqual([
        link('a', 'B', 5),
        link('a', '数据库', 5),
        link('b', 'a', 1),
      ]);
      expect(await read(0, SECOND - 1000)).toEqual([link('a', '数据库', 2), link('b', 'a', 1)]);
      expect(await read(1000, SECOND)).toEqual([link('a', 'B', 5), link('a', '数据库', 3)]);
      expect(await read(1000, SECOND - 1000)).toEqual([]);
    });

    it('17: written links are found over many days', async () => {
      const dependencies = await start();
      for (const day of [0, 1, 40]) {
        await dependencies.write(NOON - 24 * HOUR * day, [link('a', 'b', 1 + day)]);
      }
      expect(await dependencies.read(NOON, 30 * 24 * HOUR)).toEqual([link('a', 'b', 3)]);
      expect(await dependencies.read(NOON, 40 * 24 * HOUR)).toEqual([link('a', 'b', 44)]);
      expect(await dependencies.read(NOON - HOUR, HOUR)).toEqual([]);
    });

    it('18: links written again for a timestamp replace those before', async () => {
      const dependencies = await start();
      await dependencies.write(NOON, [link('a', 'b', 2), link('gone', 'b', 1)]);
      await dependencies.write(NOON, [link('a', 'b', 2)]);
      await dependencies.write(NOON, [link('a', 'b', 2)]);
      expect(await dependencies.read(NOON, HOUR)).toEqual([link('a', 'b', 2)]);
      await dependencies.write(NOON, []);
      expect(await dependencies.read(NOON, HOUR)).toEqual([]);
    });

    it('17: counts are exact up to the largest, and stay there', async () => {
      const dependencies = await start();
      const most = Number.MAX_SAFE_INTEGER;
      await dependencies.write(NOON, [link('a', 'b', most), link('c', 'd', most - 1)]);
      expect(await dependencies.read(NOON, 0)).toEqual([
        link('a', 'b', most),
        link('c', 'd', most - 1),
      ]);
      await dependencies.write(NOON + SECOND, [link('a', 'b', 1), link('c', 'd', 1)]);
      expect(await dependencies.read(NOON + SECOND, SECOND)).toEqual([
        link('a', 'b', most),
        link('c', 'd', most),
      ]);
    });

    it('20: every span below a span of another service is a call, over all traces', async () => {
      const traceId = '0123456789abcdef0fedcba987654321';
      const links = await counted(
        call('a', 1, undefined),
        call('b', 2, 1),
        call('b', 3, 1),
        call('c', 4, 3),
        call('c', 5, 4),
        call('a', 1, undefined, { traceId }),
        call('b', 2, 1, { traceId }),
      );
      expect(links).toEqual([link('a', 'b', 3), link('b', 'c', 1)]);
    });

    it('20: a parent may come after those it called, in the same batch or a later one', async () => {
      const together = [call('c', 5, 2), call('b', 4, 1)].flatMap(({ service, spans }) =>
        spans.map((span) => ({ ...span, service: service ?? '' })),
      );
      const links = await counted(
        { spans: together, encoding: 'jaeger-proto' },
        call('c', 3, 2),
        call('b', 2, 1),
        call('a', 1, undefined),
      );
      expect(links).toEqual([link('a', 'b', 2), link('b', 'c', 2)]);
    });

    it('20: a span that came twice was called once, whenever it came again', async () => {
      const batches = [call('b', 2, 1), call('a', 1, undefined)];
      expect(await counted(...batches, ...batches)).toEqual([link('a', 'b', 1)]);
    });

    it('20: an id that client and server share is a call, wherever the rest hangs', async () => {
      const links = await counted(
        call('edge', 1, undefined, { kind: 'server' }),
        call('shop', 2, 1, { kind: 'server' }),
        call('shop', 3, 2, { kind: 'client', start: 10 }),
        call('pay', 3, 2, { kind: 'server', start: 20 }),
        call('bank', 4, 3, { start: 30 }),
      );
      expect(links).toEqual([
        link('edge', 'shop', 1),
        link('pay', 'bank', 1),
        link('shop', 'pay', 1),
      ]);
    });

    it.each([[[0, 1, 2]], [[0, 2, 1]], [[1, 0, 2]], [[1, 2, 0]], [[2, 0, 1]], [[2, 1, 0]]])(
      '20: client, server and whom it called may come in the order %j',
      async (order) => {
        const spans = [
          call('shop', 3, undefined, { kind: 'client', start: 10 }),
          call('pay', 3, undefined, { kind: 'server', start: 20 }),
          call('bank', 4, 3, { start: 30 }),
        ];
        const links = await counted(...order.flatMap((place) => spans[place] ?? []));
        expect(links).toEqual([link('pay', 'bank', 1), link('shop', 'pay', 1)]);
      },
    );

    it.each([
      ['a service within itself', [call('a', 1, undefined), call('a', 2, 1)]],
      ['a parent that never came', [call('a', 1, undefined), call('b', 2, 9)]],
      ['a span that is its own parent', [call('a', 1, 1)]],
      ['a parent in another trace', [call('a', 1, undefined, { traceId: 'ab'.repeat(8) })]],
    ])('20: %s is no call', async (_what, batches) => {
      const parent = { refType: 'CHILD_OF' as const, traceId: 'ab'.repeat(8), spanId: spanId(1) };
      const elsewhere = call('z', 7, undefined, { references: [parent] });
      expect(await counted(...batches, elsewhere)).toEqual([]);
    });

    it('20: a call counts when the called span starts, whenever its parent did', async () => {
      const links = await counted(
        call('a', 1, undefined, { start: -2 * HOUR }),
        call('b', 2, 1, { start: -1 }),
        call('c', 3, 1, { start: 0 }),
        call('d', 4, 1, { start: HOUR - 1 }),
        call('e', 5, 1, { start: HOUR }),
      );
      expect(links).toEqual([link('a', 'c', 1), link('a', 'd', 1)]);
    });

    it('20: more traces than a page has', async () => {
      const ids = Array.from({ length: 1500 }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
      const spans = ids.flatMap((traceId) =>
        ['a', 'b'].map((service, i) => ({
          traceId,
          service,
          spanId: spanId(i + 1),
          references: i === 0 ? [] : [{ refType: 'CHILD_OF' as const, traceId, spanId: spanId(1) }],
        })),
      );
      const links = await counted({ spans, encoding: 'jaeger-proto' });
      expect(links).toEqual([link('a', 'b', 1500)]);
    });

    run.itWith(
      'calls',
      '23: the newest timestamp of links is known, if it is not too old',
      async () => {
        const dependencies = await start();
        const calls = dependencies.calls ?? expect.fail('the store gives no calls to count');
        const weekAgo = NOON - 7 * 24 * HOUR;
        expect(await calls.newest(weekAgo)).toBeUndefined();
        await dependencies.write(NOON, []);
        await dependencies.write(NOON - HOUR, [link('a', 'b', 1)]);
        expect(await calls.newest(weekAgo)).toBe(NOON);
        expect(await calls.newest(NOON)).toBeUndefined();
      },
    );

    run.itWith('reopen', '19, 20: links are there after the store was closed', async () => {
      const dependencies = await start();
      await dependencies.write(NOON - HOUR, [link('x', 'y', 7)]);
      await run.write(call('b', 2, 1), call('a', 1, undefined), call('c', 4, 3));
      const store = (await run.kit.reopen?.()) ?? expect.fail('no reopen');
      const again = store.dependencies ?? expect.fail('the store has no dependencies any more');
      if (again.calls === undefined) {
        expect(await again.read(NOON + HOUR, HOUR)).toEqual([link('a', 'b', 1)]);
      }
      expect(await again.read(NOON - HOUR, HOUR)).toEqual([link('x', 'y', 7)]);
    });

    it('refuses what comes after the store was closed', async () => {
      const dependencies = await start();
      await run.kit.store.close();
      const closed = expect.objectContaining({ code: 'closed' });
      await expect(dependencies.read(NOON, HOUR)).rejects.toEqual(closed);
      await expect(dependencies.write(NOON, [link('a', 'b', 1)])).rejects.toEqual(closed);
    });
  });
}
