import { StorageError, type StoredBatch, storedSpans, type TraceQuery } from '@spoor/storage-api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KitSkip, KitStore, OpenKitStore } from './kit-store.ts';
import {
  binary,
  bool,
  float,
  int,
  NOON,
  type SampleBatch,
  type SampleSpan,
  sampleBatch,
  text,
} from './sample-batch.ts';
import { LONG_AGO, SEARCHED, TRACES } from './searched-traces.ts';
import { SEARCHES, type Search, WIDE_OPEN } from './searches.ts';

const TRACE = '000000000000abcd';
const ENCODINGS = ['jaeger-thrift-compact', 'jaeger-proto'] as const;

/** A span with something in every field. */
const RICH: SampleSpan = {
  traceId: '0123456789abcdef0fedcba987654321',
  operation: 'GET /路径',
  start: 5,
  duration: 7,
  references: [
    {
      refType: 'CHILD_OF',
      traceId: '0123456789abcdef0fedcba987654321',
      spanId: '00000000000000ff',
    },
    { refType: 'FOLLOWS_FROM', traceId: TRACE, spanId: 'ffffffffffffffff' },
  ],
  tags: [
    text('span.kind', 'client'),
    int('int', 2n ** 62n + 1n),
    float('float', 0.1),
    bool('bool', true),
    binary('binary', [1, 2, 3]),
  ],
  logs: [{ timestamp: NOON + 6, fields: [text('event', 'x'), int('n', -1n)] }],
};

/**
 * The tests that every span store passes; the numbers are those of the MUSTs in storage/api/src/span-store.ts. MUST 3
 * needs a way to fill a store, and MUST 5's second half one to turn its clock: these are tested beside each backend.
 */
export function describeSpanStore(
  name: string,
  open: OpenKitStore,
  skips: readonly KitSkip[] = [],
): void {
  describe(`${name} keeps what a span store MUST`, () => {
    let kit: KitStore;
    let opened: KitStore | undefined;

    async function start(): Promise<void> {
      kit = await open();
      opened = kit;
    }

    async function stop(): Promise<void> {
      await opened?.close();
      opened = undefined;
    }

    async function write(...batches: readonly SampleBatch[]): Promise<StoredBatch[]> {
      const stored = batches.map(sampleBatch);
      for (const batch of stored) await kit.store.writer.write(batch);
      await kit.settle?.();
      return stored;
    }

    /** A test that needs a hook: skipped, with the reason, only if the backend says so. */
    function itWith(hook: KitSkip['hook'], title: string, run: () => Promise<void>): void {
      const skip = skips.find((candidate) => candidate.hook === hook);
      if (skip) it.skip(`${title} (skipped: ${skip.reason})`, run);
      else it(title, run);
    }

    describe('for single spans and traces', () => {
      afterEach(stop);

      itWith('reopen', '1: what was written is there after the store was closed', async () => {
        await start();
        const stored = await write({ spans: [RICH] }, { spans: [{ traceId: TRACE }] });
        const { reader } = (await kit.reopen?.()) ?? expect.fail('no reopen');
        expect((await reader.trace(RICH.traceId))?.spans).toEqual(spansOf(stored[0]));
        expect((await reader.trace(TRACE))?.spans).toEqual(spansOf(stored[1]));
        expect(await reader.services()).toEqual(['frontend']);
        expect(await reader.findTraceIds(query({}))).toEqual([RICH.traceId, TRACE]);
      });

      itWith('reopen', '1: after opening it again, the store goes on where it was', async () => {
        await start();
        await write({ spans: [{ traceId: TRACE, operation: 'before' }] });
        const { cursor } = await kit.store.reader.arrivals(undefined, 10);
        const store = (await kit.reopen?.()) ?? expect.fail('no reopen');
        await store.writer.write(sampleBatch({ spans: [{ traceId: TRACE, operation: 'after' }] }));
        await kit.settle?.();
        expect(operationsIn(await store.reader.trace(TRACE))).toEqual(['before', 'after']);
        expect(operationsIn(await store.reader.arrivals(cursor, 10))).toEqual(['after']);
      });

      it('2: a batch is found as soon as its write resolved, also among many at once', async () => {
        await start();
        const ids = Array.from({ length: 40 }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
        await Promise.all(
          ids.map(async (traceId) => {
            await write({ service: `service-${traceId}`, spans: [{ traceId }] });
            expect((await kit.store.reader.trace(traceId))?.spans).toHaveLength(1);
          }),
        );
        expect(await kit.store.reader.services()).toHaveLength(ids.length);
        expect(await kit.store.reader.findTraceIds(query({}))).toHaveLength(ids.length);
      });

      itWith('otherReader', '2: a reader apart from the writer sees it too', async () => {
        await start();
        const reader = kit.otherReader ?? expect.fail('no other reader');
        for (const operation of ['one', 'two', 'three']) {
          const known = operationsIn(await reader.trace(TRACE));
          await write({ service: operation, spans: [{ traceId: TRACE, operation }] });
          expect(operationsIn(await reader.trace(TRACE))).toEqual([...known, operation]);
          expect(await reader.services()).toContain(operation);
        }
      });

      for (const encoding of ENCODINGS) {
        it(`4: a span comes back whole from ${encoding}, with its added and format tags`, async () => {
          await start();
          const addedTags = [text('zone', 'eu'), int('rack', 4n)];
          const processTags = [text('hostname', 'a'), float('load', 0.5)];
          const [stored] = await write({ spans: [RICH], encoding, addedTags, processTags });
          const [span] = (await kit.store.reader.trace(RICH.traceId))?.spans ?? [];
          expect(span).toEqual(spansOf(stored)[0]);
          expect(span?.process.tags).toEqual([...processTags, ...addedTags]);
          expect(span?.tags.at(-1)).toEqual(text('internal.span.format', 'jaeger'));
          expect(span?.references).toEqual(RICH.references);
        });
      }

      it('4: spans of a trace come in any number of batches, encodings and services', async () => {
        await start();
        await write(
          { service: 'a', spans: [{ traceId: TRACE, operation: '1', start: 9 }] },
          { service: 'b', encoding: 'jaeger-proto', spans: [{ traceId: TRACE, operation: '2' }] },
          {
            service: 'a',
            spans: [{ traceId: '00000000000000ff' }, { traceId: TRACE, operation: '3' }],
          },
        );
        const trace = await kit.store.reader.trace(TRACE);
        expect(operationsIn(trace)).toEqual(['1', '2', '3']);
        expect(trace?.spans.map((span) => span.process.serviceName)).toEqual(['a', 'b', 'a']);
        expect(await kit.store.reader.findTraces(query({ serviceName: 'b' }))).toEqual([trace]);
      });

      it('4: equal spans are not merged, in one batch or in two', async () => {
        await start();
        const span = { traceId: TRACE, spanId: '0000000000000001' };
        await write({ spans: [span, span] }, { spans: [span] });
        expect((await kit.store.reader.trace(TRACE))?.spans).toHaveLength(3);
        const [found] = await kit.store.reader.findTraces(query({}));
        expect(found?.spans).toHaveLength(3);
      });

      it('4: more than a thousand spans and a hundred traces in one batch', async () => {
        await start();
        const ids = Array.from({ length: 100 }, (_, i) => `c${i}`.padStart(16, '0'));
        const spans = ids.flatMap((traceId) => Array.from({ length: 11 }, () => ({ traceId })));
        await write({ spans, encoding: 'jaeger-proto' });
        for (const id of [ids[0], ids[99]]) {
          expect((await kit.store.reader.trace(id ?? ''))?.spans).toHaveLength(11);
        }
        expect(await kit.store.reader.findTraceIds(query({ limit: 1000 }))).toHaveLength(100);
      });

      it('4: a batch without spans is taken', async () => {
        await start();
        await write({ spans: [] }, { spans: [{ traceId: TRACE }] });
        expect(await kit.store.reader.findTraceIds(query({}))).toEqual([TRACE]);
      });

      it('5: a span may be stamped any time', async () => {
        await start();
        const starts = [LONG_AGO, 1 - NOON, -NOON, -NOON - 1_000_000, -LONG_AGO];
        const ids = starts.map((_, i) => `${i + 1}`.padStart(16, '0'));
        await write(...starts.map((start, i) => ({ spans: [{ traceId: ids[i] ?? '', start }] })));
        for (const [i, start] of starts.entries()) {
          const window = query({ startTimeMin: start, startTimeMax: start });
          const found = await kit.store.reader.findTraceIds(window);
          expect(found, `${start} µs after noon`).toEqual([ids[i]]);
        }
      });

      it('6: an unknown trace is undefined, in an empty store too', async () => {
        await start();
        expect(await kit.store.reader.trace(TRACE)).toBeUndefined();
        await write({ spans: [{ traceId: TRACE }] });
        expect(await kit.store.reader.trace('000000000000abce')).toBeUndefined();
      });

      it('6: traces with the same low 64 bits are different', async () => {
        await start();
        await write({
          spans: [{ traceId: TRACES.wide }, { traceId: TRACES.narrow }, { traceId: TRACES.wide }],
        });
        expect((await kit.store.reader.trace(TRACES.wide))?.spans).toHaveLength(2);
        expect((await kit.store.reader.trace(TRACES.narrow))?.spans).toHaveLength(1);
      });

      it('8: services are sorted and each is there once; a nameless one has its name', async () => {
        await start();
        await write(
          ...['zebra', 'ant', '', 'zebra', 'Ant', 'x'.repeat(5000)].map((service) => ({
            service,
            spans: [{ traceId: TRACE }],
          })),
        );
        const services = await kit.store.reader.services();
        expect(services).toEqual(['Ant', 'ant', 'empty-service-name', 'x'.repeat(5000), 'zebra']);
      });

      it('8: operations are sorted, each with its kind once, of one service', async () => {
        await start();
        const kinds = ['server', 'client', '', 'server'];
        const spans = kinds.flatMap((kind) =>
          ['b', 'a', 'long'.repeat(2000)].map((operation) => ({
            traceId: TRACE,
            operation,
            tags: kind === '' ? [] : [text('span.kind', kind)],
          })),
        );
        await write({ spans }, { spans }, { service: 'other', spans: [{ traceId: TRACE }] });
        const { reader } = kit.store;
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

      itWith('spoilLastRecord', '9: an unreadable record is counted and left out', async () => {
        await start();
        await write(
          { spans: [{ traceId: TRACE, operation: 'good' }] },
          { spans: [{ traceId: TRACE, operation: 'bad', start: 5 }] },
        );
        await kit.spoilLastRecord?.();
        expect(kit.unreadableRecords?.()).toBe(0);
        const { reader } = kit.store;
        expect(operationsIn(await reader.trace(TRACE))).toEqual(['good']);
        expect(kit.unreadableRecords?.()).toBe(1);
        expect((await reader.findTraces(query({}))).map(operationsIn)).toEqual([['good']]);
        const arrivals = await reader.arrivals(undefined, 10);
        expect(operationsIn(arrivals)).toEqual(['good']);
        expect((await reader.arrivals(arrivals.cursor, 10)).spans).toEqual([]);
        expect(await reader.services()).toEqual(['frontend']);
      });

      it('10: arrivals come once, in order, across calls', async () => {
        await start();
        const { reader } = kit.store;
        const empty = await reader.arrivals(undefined, 10);
        expect(empty.spans).toEqual([]);
        const names = ['1', '2', '3', '4', '5'];
        await write(...names.map((operation) => ({ spans: [{ traceId: TRACE, operation }] })));
        const first = await reader.arrivals(empty.cursor, 2);
        expect(operationsIn(first)).toEqual(['1', '2']);
        const second = await reader.arrivals(first.cursor, 2);
        expect(operationsIn(second)).toEqual(['3', '4']);
        const third = await reader.arrivals(second.cursor, 2);
        expect(operationsIn(third)).toEqual(['5']);
        const none = await reader.arrivals(third.cursor, 2);
        expect(none.spans).toEqual([]);
        await write({ spans: [{ traceId: TRACE, operation: '6' }] });
        expect(operationsIn(await reader.arrivals(none.cursor, 2))).toEqual(['6']);
        expect(operationsIn(await reader.arrivals(undefined, 100))).toEqual([...names, '6']);
      });

      it('10: a batch is not torn apart, however small the limit', async () => {
        await start();
        const three = ['1', '2', '3'].map((operation) => ({ traceId: TRACE, operation }));
        await write({ spans: three }, { spans: [{ traceId: TRACE, operation: '4' }] });
        const first = await kit.store.reader.arrivals(undefined, 1);
        expect(operationsIn(first)).toEqual(['1', '2', '3']);
        expect(operationsIn(await kit.store.reader.arrivals(first.cursor, 1))).toEqual(['4']);
      });

      it('10: with no cursor and a limit of 0 the cursor stands after the newest', async () => {
        await start();
        await write({ spans: [{ traceId: TRACE, operation: 'old' }] });
        const now = await kit.store.reader.arrivals(undefined, 0);
        expect(now.spans).toEqual([]);
        await write({ spans: [{ traceId: TRACE, operation: 'new' }] });
        expect(operationsIn(await kit.store.reader.arrivals(now.cursor, 10))).toEqual(['new']);
      });

      it('10: whoever polls while many write misses nothing', async () => {
        await start();
        const names = Array.from({ length: 60 }, (_, i) => `${i}`);
        let writing = true;
        const written = Promise.all(
          names.map((operation) => write({ spans: [{ traceId: TRACE, operation }] })),
        ).then(() => (writing = false));
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const arrivals = await kit.store.reader.arrivals(cursor, 7);
          seen.push(...operationsIn(arrivals));
          cursor = arrivals.cursor;
          await new Promise((resolve) => setImmediate(resolve));
        } while (writing || seen.length < names.length);
        await written;
        expect(seen.toSorted()).toEqual(names.toSorted());
      });

      it('is checked, closed, and then refuses', async () => {
        await start();
        const { store } = kit;
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

    describe('7: finds traces', () => {
      beforeAll(async () => {
        await start();
        await write(...SEARCHED);
      });
      afterAll(stop);

      for (const search of SEARCHES) {
        it(search.name, async () => {
          const expected = search.finds.map((trace) => TRACES[trace]);
          const asked = query(search.query);
          expect(await kit.store.reader.findTraceIds(asked)).toEqual(expected);
          const found = await kit.store.reader.findTraces(asked);
          expect(found.map(({ traceId }) => traceId)).toEqual(expected);
          for (const trace of found) {
            expect(trace).toEqual(await kit.store.reader.trace(trace.traceId));
          }
        });
      }
    });
  });
}

/** Fills a search up; its window counts from noon. */
function query({ tags = {}, ...given }: Search['query']): TraceQuery {
  const filled = { ...WIDE_OPEN, ...given };
  return {
    ...filled,
    startTimeMin: NOON + filled.startTimeMin,
    startTimeMax: NOON + filled.startTimeMax,
    tags: new Map(Object.entries(tags)),
  };
}

function spansOf(stored: StoredBatch | undefined) {
  return stored === undefined ? [] : storedSpans(stored);
}

function operationsIn(found: { readonly spans: readonly { operationName: string }[] } | undefined) {
  return found?.spans.map(({ operationName }) => operationName) ?? [];
}
