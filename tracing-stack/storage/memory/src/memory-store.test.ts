import type { TraceId } from '@spoor/model';
import { createMetrics } from '@spoor/platform';
import type { StorageError, TraceQuery } from '@spoor/storage-api';
import { NOON, type SampleSpan, sampleBatch, text } from '@spoor/storage-testkit';
import { describe, expect, it } from 'vitest';
import { batchBytes, mostBatchBytes } from './batch-bytes.ts';
import { type MemoryStore, openMemoryStore } from './memory-store.ts';

const KIBIBYTE = 1024;

function id(number: number): TraceId {
  return number.toString(16).padStart(16, '0');
}

/** Writes one batch of one service; each trace is given by its number, its only operation is named for it. */
async function write(store: MemoryStore, service: string, ...traces: number[]): Promise<void> {
  const spans = traces.map((trace): SampleSpan => ({ traceId: id(trace), operation: `${trace}` }));
  await store.writer.write(sampleBatch({ service, spans }));
}

function everything(given: Partial<TraceQuery> = {}): TraceQuery {
  return { tags: new Map(), startTimeMin: 0, startTimeMax: 2 * NOON, limit: 10_000, ...given };
}

async function found(store: MemoryStore, given?: Partial<TraceQuery>): Promise<TraceId[]> {
  return (await store.reader.findTraceIds(everything(given))).toSorted();
}

async function arrived(store: MemoryStore, cursor?: string): Promise<string[]> {
  const { spans } = await store.reader.arrivals(cursor, 10_000);
  return spans.map((span) => span.operationName);
}

describe('a bound of traces', () => {
  it('is never exceeded: the traces that came first go first', async () => {
    const store = await openMemoryStore({ maxTraces: 3 });
    for (let trace = 1; trace <= 5; trace++) await write(store, 'a', trace, 1);
    // Trace 1 was dropped with the fourth, and came again with it as another.
    expect(await found(store)).toEqual([id(1), id(4), id(5)]);
    expect(store.stats.traces).toBe(3);
  });

  it('takes services and operations of which nothing is left out of the lists', async () => {
    const store = await openMemoryStore({ maxTraces: 2 });
    await write(store, 'first', 1, 2);
    await write(store, 'second', 1, 3);
    const operations = async (serviceName: string) =>
      (await store.reader.operations({ serviceName })).map(({ name }) => name);
    expect(await store.reader.services()).toEqual(['first', 'second']);
    expect(await operations('first')).toEqual(['2']);
    expect(await operations('second')).toEqual(['3']);
    await write(store, 'third', 4);
    expect(await store.reader.services()).toEqual(['second', 'third']);
    expect(await operations('first')).toEqual([]);
  });

  it('leaves nothing of a dropped trace in a batch that is kept for others', async () => {
    const store = await openMemoryStore({ maxTraces: 2 });
    const tags = [text('k', 'v')];
    const spans = [1, 2].map((n) => ({ traceId: id(n), operation: `${n}`, tags }));
    await store.writer.write(sampleBatch({ spans }));
    await write(store, 'frontend', 3);
    expect(await store.reader.trace(id(1))).toBeUndefined();
    expect(await found(store)).toEqual([id(2), id(3)]);
    expect(await found(store, { tags: new Map([['k', 'v']]) })).toEqual([id(2)]);
    expect(await arrived(store)).toEqual(['2', '3']);
    expect(await store.reader.operations({ serviceName: 'frontend' })).toHaveLength(2);
  });

  it('does not bring a dropped trace back when more of it comes', async () => {
    const store = await openMemoryStore({ maxTraces: 2 });
    await write(store, 'first', 1, 2);
    await write(store, 'second', 3);
    await write(store, 'third', 1);
    const trace = await store.reader.trace(id(1));
    expect(trace?.spans.map(({ process }) => process.serviceName)).toEqual(['third']);
    expect(await found(store, { serviceName: 'first' })).toEqual([]);
    expect(await store.reader.services()).toEqual(['second', 'third']);
  });

  it('holds within one batch', async () => {
    const store = await openMemoryStore({ maxTraces: 2 });
    await write(store, 'a', 1, 2, 3, 4, 5);
    expect(await found(store)).toEqual([id(4), id(5)]);
  });

  it('gives the memory of dropped traces back', async () => {
    const store = await openMemoryStore({ maxTraces: 5, maxBytes: 10_000 * KIBIBYTE });
    const long = text('long', 'x'.repeat(100 * KIBIBYTE));
    for (let trace = 1; trace <= 50; trace++) {
      const spans = [{ traceId: id(trace), tags: [long] }];
      await store.writer.write(sampleBatch({ spans, encoding: 'jaeger-proto' }));
    }
    expect(store.stats.traces).toBe(5);
    expect(store.stats.bytes).toBeLessThan(2000 * KIBIBYTE);
  });
});

describe('a bound of bytes', () => {
  const maxBytes = 64 * KIBIBYTE;

  async function overfull(): Promise<MemoryStore> {
    const store = await openMemoryStore({ maxBytes });
    for (let trace = 1; trace <= 500; trace++) {
      await write(store, trace <= 250 ? 'old' : 'new', trace, 1000);
      expect(store.stats.bytes).toBeLessThanOrEqual(maxBytes);
    }
    return store;
  }

  it('is never exceeded, and mostly used: the oldest batches go', async () => {
    const store = await overfull();
    expect(store.stats.bytes).toBeGreaterThan(maxBytes / 2);
    const { traces, droppedTraces } = store.stats;
    // All 500 and the one that goes on.
    expect(traces + droppedTraces).toBe(501);
    const left = Array.from({ length: traces - 1 }, (_, i) => id(500 - i));
    expect(await found(store)).toEqual([...left, id(1000)].toSorted());
    expect(await store.reader.trace(id(1))).toBeUndefined();
    expect((await store.reader.trace(id(1000)))?.spans).toHaveLength(traces - 1);
  });

  it('takes services and operations with their last batch', async () => {
    const store = await overfull();
    expect(await store.reader.services()).toEqual(['new']);
    expect(await store.reader.operations({ serviceName: 'old' })).toEqual([]);
    const operations = await store.reader.operations({ serviceName: 'new' });
    expect(operations).toHaveLength(store.stats.traces);
  });

  it('lets arrivals go on behind what was dropped', async () => {
    const store = await openMemoryStore({ maxBytes });
    const { cursor } = await store.reader.arrivals(undefined, 0);
    for (let trace = 1; trace <= 500; trace++) await write(store, 'a', trace);
    const names = await arrived(store, cursor);
    expect(names).toHaveLength(store.stats.traces);
    expect(names.at(-1)).toBe('500');
  });

  it('3: refuses a batch that alone is more, as full, and takes the next', async () => {
    const store = await openMemoryStore({ maxBytes });
    await write(store, 'a', 1);
    const tags = [text('long', 'x'.repeat(maxBytes))];
    const batch = sampleBatch({ spans: [{ traceId: id(2), tags }], encoding: 'jaeger-proto' });
    await expect(store.writer.write(batch)).rejects.toMatchObject({ code: 'full' });
    await expect(store.check()).resolves.toBeUndefined();
    await write(store, 'a', 3);
    expect(await found(store)).toEqual([id(1), id(3)]);
  });

  it('is never exceeded by batches of many traces and operations either', async () => {
    const store = await openMemoryStore({ maxBytes });
    const taken = { yes: 0, no: 0 };
    for (let batch = 0; batch < 40; batch++) {
      // Of one span, of 26, … Each is a trace and an operation of its own, as in every other batch.
      const spans = Array.from({ length: 1 + 25 * (batch % 20) }, (_, at) => 1000 * batch + at);
      const refusal = await write(store, 'a', ...spans).catch((error: StorageError) => error.code);
      taken[refusal === undefined ? 'yes' : 'no']++;
      expect(refusal).toBeOneOf([undefined, 'full']);
      expect(store.stats.bytes).toBeLessThanOrEqual(maxBytes);
      expect(await found(store)).toHaveLength(store.stats.traces);
    }
    // Up to 101 spans fit.
    expect(taken).toEqual({ yes: 10, no: 30 });
  });

  it('counts a batch alone as exactly what it takes', async () => {
    const spans = Array.from({ length: 50 }, (_, at) => ({
      traceId: id(1 + (at % 7)),
      operation: `operation ${at % 5}`,
      tags: [text('k', `${at}`), text('span.kind', at % 2 === 0 ? 'client' : 'server')],
    }));
    const processTags = [text('host', 'a')];
    const batches = [
      sampleBatch({ spans, processTags, service: 'café' }),
      sampleBatch({ spans, encoding: 'jaeger-proto', service: null }),
    ];
    for (const batch of batches) {
      const store = await openMemoryStore();
      await store.writer.write(batch);
      const index = batch.batch.index();
      expect(batchBytes(batch, index)).toBe(store.stats.bytes);
      expect(mostBatchBytes(batch, index)).toBeGreaterThanOrEqual(store.stats.bytes);
    }
  });

  it('drops under a search without harm to it', async () => {
    const store = await openMemoryStore({ maxBytes });
    for (let trace = 1; trace <= 100; trace++) await write(store, 'a', trace, 1000);
    const reading = [
      store.reader.findTraces(everything()),
      store.reader.findTraces(everything({ tags: new Map([['internal.span.format', 'jaeger']]) })),
    ];
    for (let trace = 101; trace <= 1000; trace++) await write(store, 'a', trace);
    for (const traces of await Promise.all(reading)) {
      for (const { spans } of traces) expect(spans.length).toBeGreaterThan(0);
    }
    expect(await store.reader.trace(id(1000))).toBeDefined();
  });
});

it('says once that the oldest are dropped, and counts them', async () => {
  const messages: string[] = [];
  const ignore = () => {};
  const info = (_: object, message: string) => void messages.push(message);
  const metrics = createMetrics();
  const store = await openMemoryStore({
    maxTraces: 1,
    metrics,
    logger: { debug: ignore, info, warn: ignore, error: ignore },
  });
  for (const trace of [1, 2, 3]) await write(store, 'a', trace);
  expect(messages).toEqual(['the memory store is full: from now on the oldest traces are dropped']);
  const shown = await metrics.text();
  for (const line of ['traces 1', 'dropped_traces 2', 'unreadable_records 0']) {
    expect(shown).toContain(`spoor_memory_${line}\n`);
  }
  expect(shown).toMatch(/spoor_memory_bytes [1-9]\d*\n/);
});

it('a cursor from an earlier life stands before everything new', async () => {
  const before = await openMemoryStore({ clock: () => NOON });
  for (let trace = 1; trace <= 10; trace++) await write(before, 'a', trace);
  const { cursor } = await before.reader.arrivals(undefined, 100);
  const after = await openMemoryStore({ clock: () => NOON + 1_000_000 });
  await write(after, 'a', 11);
  expect(await arrived(after, cursor)).toEqual(['11']);
});
