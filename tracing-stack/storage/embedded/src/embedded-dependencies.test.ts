import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DependencyLink, StoredBatch } from '@spoor/storage-api';
import { type CallSpan, callSpan, callsIn, LinkCounts } from '@spoor/storage-api/dependencies';
import { NOON, type SampleSpan, sampleBatch, text } from '@spoor/storage-testkit';
import { seededRandom } from '@spoor/wire/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedDependencies } from './embedded-dependencies.ts';
import { openEmbeddedStore } from './embedded-store.ts';

const HOUR = 3_600_000_000;
const SERVICES = ['a', 'b', 'c', 'd'];

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-dependencies-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Batches in which the spans of 40 traces are mixed; parents come before, beside and after whom they called, and twice. */
function mixedBatches(random: ReturnType<typeof seededRandom>): StoredBatch[] {
  const spans: SampleSpan[] = Array.from({ length: 600 }, () => {
    const traceId = (1 + random.below(40)).toString(16).padStart(16, '0');
    const parent = { refType: 'CHILD_OF' as const, traceId, spanId: idOf(random.below(12)) };
    const kind = ['client', 'server', 'internal'][random.below(3)] ?? '';
    return {
      traceId,
      spanId: idOf(random.below(12)),
      service: SERVICES[random.below(4)] ?? '',
      references: random.below(4) === 0 ? [] : [parent],
      tags: [text('span.kind', kind)],
      // A few times only, so that the same span comes again.
      start: random.below(6) * 40_000_000,
    };
  });
  const batches: StoredBatch[] = [];
  for (let at = 0; at < spans.length; ) {
    const size = 1 + random.below(30);
    const part = spans.slice(at, at + size);
    // An hour is a bucket: the traces are in several.
    const arrivalTime = NOON + Math.floor((4 * HOUR * at) / spans.length);
    batches.push(sampleBatch({ spans: part, encoding: 'jaeger-proto', arrivalTime }));
    at += size;
  }
  return batches;
}

function idOf(number: number): string {
  return (number + 1).toString(16).padStart(16, '0');
}

/** The links of everything at once. */
function expected(batches: readonly StoredBatch[], from: number, to: number): DependencyLink[] {
  const traces = new Map<string, CallSpan[]>();
  for (const span of batches.flatMap(({ batch }) => batch.spans())) {
    traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), callSpan(span)]);
  }
  const links = new LinkCounts();
  for (const call of [...traces.values()].flatMap(callsIn)) {
    if (call.startTime >= from && call.startTime <= to) links.add(call);
  }
  return links.all();
}

describe('dependencies', () => {
  it.each([1, 2])(
    '20: are the same however often they are counted in between (%i)',
    {
      timeout: 60_000,
    },
    async (seed) => {
      const random = seededRandom(seed);
      const batches = mixedBatches(random);
      await using store = await openEmbeddedStore({ directory, clock: () => NOON });
      await using other = await openEmbeddedStore({ directory, readOnly: true });
      const written: StoredBatch[] = [];
      for (const stored of batches) {
        await store.writer.write(stored);
        written.push(stored);
        const from = NOON + random.below(6) * 30_000_000 + random.below(2);
        const to = from + random.below(6) * 30_000_000 - random.below(2);
        // What the other process reads was counted by this one up to a batch some time ago.
        const reader = random.below(3) === 0 ? store : other;
        const read = await reader.dependencies?.read(to, to - from);
        expect(read).toEqual(expected(written, from, to));
      }
      expect(expected(written, NOON, NOON + HOUR).length).toBeGreaterThan(6);
    },
  );

  it('are behind after a burst, which is counted bit by bit, and whole in the end', async () => {
    const said: string[] = [];
    const ignore = () => {};
    const info = (_: object, message: string) => void said.push(message);
    const logger = { debug: ignore, info, warn: ignore, error: ignore };
    // A step of counting is one of 246 spans in so little memory, and a read makes five.
    const small = { maxMemoryBytes: 1024 ** 2, countInterval: 1e9 };
    const options = { directory, logger, clock: () => NOON, ...small };
    await using store = await openEmbeddedStore(options);
    await using other = await openEmbeddedStore({ ...options, readOnly: true });
    const write = async (batches: number, calls: number, firstTrace: number) => {
      for (let batch = 0; batch < batches; batch++) {
        const spans = Array.from({ length: calls }, (_, i) => {
          const traceId = idOf(firstTrace + batch * calls + i);
          const parent = { refType: 'CHILD_OF' as const, traceId, spanId: idOf(0) };
          return [
            { traceId, spanId: idOf(0), service: 'a' },
            { traceId, spanId: idOf(1), service: 'b', references: [parent] },
          ];
        }).flat();
        await store.writer.write(sampleBatch({ spans, encoding: 'jaeger-proto' }));
      }
    };
    const read = async (reader = store) =>
      (await reader.dependencies?.read(NOON + HOUR, HOUR + 1))?.[0]?.callCount ?? 0;
    await write(100, 20, 0);
    const behind = [
      'the graph of the services is behind: more spans have come than are counted yet',
    ];
    const seen = [await read(other), await read()];
    expect(seen).toEqual([700, 700]);
    expect([other.stats.graphBehind, store.stats.graphBehind]).toEqual([1, 1]);
    expect(said).toEqual([...behind, ...behind]);
    expect(await read(other)).toBe(1400);
    expect([await read(), await read(), await read()]).toEqual([1400, 2000, 2000]);
    expect(await read(other)).toBe(2000);
    expect(said).toHaveLength(2);
    // In the background all is counted, also while the store has always something else to do.
    await write(100, 20, 2000);
    await (store.dependencies as EmbeddedDependencies).countInBackground(() => false);
    expect([await read(other), await read()]).toEqual([4000, 4000]);
    expect(said).toHaveLength(2);
    // A batch of which not even the calls have room is passed by, and what comes after it is counted.
    await write(1, 1200, 5000);
    await write(1, 20, 9000);
    expect([await read(), await read(other)]).toEqual([4020, 4020]);
    expect([store.stats.readingBytes, store.stats.graphBehind]).toEqual([0, 0]);
  });

  it('go with the spans, and what was written stays', async () => {
    let now = NOON;
    const options = { directory, clock: () => now, timeToLive: 2 * HOUR };
    await using store = await openEmbeddedStore(options);
    await using other = await openEmbeddedStore({ directory, readOnly: true });
    const references = [{ refType: 'CHILD_OF' as const, traceId: 'ab', spanId: idOf(0) }];
    for (const [service, i] of [['a', 0] as const, ['b', 1] as const]) {
      const span = { traceId: 'ab'.padStart(16, '0'), spanId: idOf(i) };
      const links = i === 0 ? [] : references.map((to) => ({ ...to, traceId: span.traceId }));
      await store.writer.write(sampleBatch({ service, spans: [{ ...span, references: links }] }));
    }
    await store.dependencies?.write(NOON + 5, [{ parent: 'x', child: 'y', callCount: 2 }]);
    const read = () =>
      Promise.all([store, other].map(({ dependencies }) => dependencies?.read(NOON + HOUR, HOUR)));
    const written = { parent: 'x', child: 'y', callCount: 2 };
    const counted = { parent: 'a', child: 'b', callCount: 1 };
    expect(await read()).toEqual([
      [counted, written],
      [counted, written],
    ]);
    now += 3 * HOUR;
    await store.sweep();
    expect(await read()).toEqual([[written], [written]]);
  });

  it('18, 16: a process that only reads writes neither links nor archived traces', async () => {
    await using store = await openEmbeddedStore({ directory });
    await using other = await openEmbeddedStore({ directory, readOnly: true });
    const unsupported = expect.objectContaining({ code: 'unsupported' });
    await expect(other.dependencies?.write(NOON, [])).rejects.toEqual(unsupported);
    const kept = sampleBatch({ spans: [{ traceId: idOf(7) }] });
    await expect(other.archive?.writer.write(kept)).rejects.toEqual(unsupported);
    expect(await other.archive?.reader.trace(idOf(7))).toBeUndefined();
    await store.archive?.writer.write(kept);
    expect((await other.archive?.reader.trace(idOf(7)))?.spans).toHaveLength(1);
  });
});
