import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ByteBudget } from '@spoor/platform';
import type { StoredBatch, TraceQuery } from '@spoor/storage-api';
import { storedSpans } from '@spoor/storage-api';
import { NOON, sampleBatch, text } from '@spoor/storage-testkit';
import { openBatch } from '@spoor/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedStore } from './bucket-store.ts';
import { openEmbeddedStore } from './embedded-store.ts';
import { indexBytes, spansBytes } from './memory-size.ts';
import { CallMemory } from './store-memory.ts';

const MIB = 1024 ** 2;
const ALL: TraceQuery = {
  tags: new Map(),
  startTimeMin: 0,
  startTimeMax: 4e15,
  limit: Number.POSITIVE_INFINITY,
};

let directory: string;
let store: EmbeddedStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-memory-'));
});

afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

async function openWith(maxMemoryBytes: number): Promise<void> {
  store = await openEmbeddedStore({ directory, clock: () => NOON, maxMemoryBytes });
}

function idOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** The trace of id `number` whole: some 40 kB, and four times that once it is decoded. */
function batchOf(number: number, mark = ''): StoredBatch {
  const spans = Array.from({ length: 100 }, (_, i) => ({
    traceId: idOf(number),
    tags: [text('mark', `${mark}${i}`), text('filling', 'x'.repeat(300))],
  }));
  return sampleBatch({ spans });
}

/** The most that the store said it holds while `work` went on. */
async function mostHeld(
  which: 'waitingBytes' | 'readingBytes',
  work: Promise<unknown>,
): Promise<number> {
  let most = store.stats[which];
  const timer = setInterval(() => {
    most = Math.max(most, store.stats[which]);
  }, 0);
  await work.catch(() => undefined);
  clearInterval(timer);
  return most;
}

describe('with a bound of 4 MiB', () => {
  beforeEach(() => openWith(4 * MIB));

  it('of a flood is refused what may not wait, and what was acknowledged is there', async () => {
    const acknowledged: string[] = [];
    let refused = 0;
    const flood = Array.from({ length: 200 }, async (_, number) => {
      try {
        await store.writer.write(batchOf(number));
        acknowledged.push(idOf(number));
      } catch (error) {
        expect(error).toMatchObject({ code: 'full' });
        refused++;
      }
    });
    const most = await mostHeld('waitingBytes', Promise.all(flood));
    expect(most).toBeGreaterThan(0.4 * MIB);
    expect(most).toBeLessThanOrEqual(0.5 * MIB);
    expect(refused).toBeGreaterThan(150);
    expect(acknowledged.length).toBe(200 - refused);
    expect(store.stats.waitingBytes).toBe(0);
    expect((await store.reader.findTraceIds(ALL)).sort()).toEqual(acknowledged.sort());
  });

  it('an answer that would be larger is refused with what to do, and a smaller one is given', async () => {
    for (let number = 1; number <= 50; number++) await store.writer.write(batchOf(number));
    const search = store.reader.findTraces(ALL);
    const most = await mostHeld('readingBytes', search);
    await expect(search).rejects.toMatchObject({
      code: 'unsupported',
      message:
        '[embedded] the answer needs more memory than the 3145728 bytes that --embedded.max-memory-bytes leaves to reading: ask for less',
    });
    expect(most).toBeLessThanOrEqual(3 * MIB);
    expect(store.stats.readingBytes).toBe(0);
    expect(await store.reader.findTraces({ ...ALL, limit: 5 })).toHaveLength(5);
    expect(await store.reader.findTraceIds(ALL)).toHaveLength(50);
    await expect(store.reader.arrivals(undefined, 5000)).rejects.toMatchObject({
      code: 'unsupported',
    });
    let seen = 0;
    for (let cursor: string | undefined; ; ) {
      const { spans, cursor: next } = await store.reader.arrivals(cursor, 200);
      if (spans.length === 0) break;
      seen += spans.length;
      cursor = next;
    }
    expect(seen).toBe(5000);
    expect(store.stats.readingBytes).toBe(0);
  });

  it('a trace that is larger is refused, also from the archive, and the others are read', async () => {
    for (let part = 1; part <= 30; part++) await store.writer.write(batchOf(1));
    await store.writer.write(batchOf(2));
    const tooLarge = expect.objectContaining({ code: 'unsupported' });
    await expect(store.reader.trace(idOf(1))).rejects.toEqual(tooLarge);
    expect((await store.reader.trace(idOf(2)))?.spans).toHaveLength(100);
    for (let part = 1; part <= 30; part++) await store.archive?.writer.write(batchOf(1));
    await expect(store.archive?.reader.trace(idOf(1))).rejects.toEqual(tooLarge);
    expect(store.stats.readingBytes).toBe(0);
  });

  it('a search decodes far more than that, one part after the other', async () => {
    for (let number = 1; number <= 100; number++) {
      await store.writer.write(batchOf(number, `${number}-`));
    }
    const tags = new Map([['filling', 'x'.repeat(300)]]);
    // All match, so that every one of the 16 MiB is decoded; the longest come first, so that none is left out.
    const search = store.reader.findTraceIds({ ...ALL, tags, order: 'longest-first' });
    const most = await mostHeld('readingBytes', search);
    expect(await search).toHaveLength(100);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3 * MIB);
  });

  it('names that are too many to be remembered are written once all the same', async () => {
    const operations = Array.from({ length: 5 }, (_, i) => `${'o'.repeat(1000)}-${i}`);
    for (let round = 0; round < 2; round++) {
      for (let service = 0; service < 200; service++) {
        const traceId = idOf(1 + service + 1000 * round);
        const spans = operations.map((operation) => ({ traceId, operation }));
        await store.writer.write(sampleBatch({ service: `service-${service}`, spans }));
      }
    }
    expect(await store.reader.services()).toHaveLength(200);
    for (const serviceName of ['service-0', 'service-99', 'service-199']) {
      expect(await store.reader.operations({ serviceName })).toHaveLength(5);
      const found = await store.reader.findTraceIds({ ...ALL, serviceName });
      const number = 1 + Number(serviceName.slice(8));
      expect(found.sort()).toEqual([idOf(number), idOf(number + 1000)]);
    }
  });
});

describe('the memory of a call', () => {
  beforeEach(() => openWith(MIB));

  it('is refused for now if others hold too much, and for good if it is too much alone', () => {
    const budget = new ByteBudget(1000);
    using one = new CallMemory(budget);
    {
      using other = new CallMemory(budget);
      other.hold(600);
      one.hold(400);
      expect(() => one.hold(1)).toThrow(expect.objectContaining({ code: 'full' }));
      expect(() => one.hold(601)).toThrow(expect.objectContaining({ code: 'unsupported' }));
      expect(budget.bytes).toBe(1000);
    }
    one.hold(600);
    expect(() => one.hold(1)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});

describe('the size of things', () => {
  beforeEach(() => openWith(MIB));

  /** What V8 takes for what `make` gives, so many times. */
  function measured(times: number, make: () => unknown): number {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    // What is compiled on the way is not theirs.
    for (let i = 0; i < times; i++) make();
    const kept: unknown[] = [make()];
    // What other tests of this process left goes in several collections.
    const held = () => {
      for (let least = Number.POSITIVE_INFINITY; ; ) {
        gc();
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        if (heapUsed + arrayBuffers >= least) return least;
        least = heapUsed + arrayBuffers;
      }
    };
    const before = held();
    for (let i = 0; i < times; i++) kept.push(make());
    const bytes = held() - before;
    expect(kept).toHaveLength(times + 1);
    return bytes / times;
  }

  const small = sampleBatch({
    spans: Array.from({ length: 100 }, () => ({ traceId: idOf(1) })),
  });
  const logged = sampleBatch({
    spans: Array.from({ length: 100 }, () => ({
      traceId: idOf(1),
      logs: Array.from({ length: 5 }, () => ({ timestamp: NOON, fields: [text('event', 'e')] })),
      references: [{ refType: 'CHILD_OF' as const, traceId: idOf(1), spanId: idOf(3) }],
      tags: [text('kyrillic', 'ж'.repeat(200))],
    })),
  });

  it.each([
    ['spans with few things', small],
    ['spans with many things', batchOf(1)],
    ['spans with logs', logged],
  ])('is not taken for less than it is, nor for thrice as much: %s', (_what, stored) => {
    const { encoding, bytes } = stored.batch;
    const anew = () => ({ ...stored, batch: openBatch(encoding, bytes) });
    const spans = measured(100, () => storedSpans(anew()));
    expect(spansBytes(storedSpans(stored))).toBeGreaterThan(spans);
    expect(spansBytes(storedSpans(stored))).toBeLessThan(3 * spans);
    const index = measured(400, () => anew().batch.index());
    expect(indexBytes(stored.batch.index())).toBeGreaterThan(index);
    expect(indexBytes(stored.batch.index())).toBeLessThan(3 * index);
  });
});
