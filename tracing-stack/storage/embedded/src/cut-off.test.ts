import { closeSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOON, sampleBatch } from '@spoor/storage-testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EmbeddedStore } from './bucket-store.ts';
import { openEmbeddedStore } from './embedded-store.ts';
import { errorLog } from './testing/error-log.ts';
import { askReader, startReader } from './testing/reader.ts';

/*
 * A file of a bucket that somebody cut off. Without a look at its length the system ends the process that reads it, which here is
 * the test's own.
 */
const HOUR = 3_600_000_000;

let directory: string;
let { logger, said } = errorLog();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-cut-'));
  ({ logger, said } = errorLog());
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const open = () => openEmbeddedStore({ directory, logger, clock: () => NOON });

function idOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** Trace 1 in the first bucket, trace 2 in the second, large both. */
async function fill(store: EmbeddedStore): Promise<void> {
  for (const number of [1, 2]) {
    const spans = Array.from({ length: 100 }, () => ({
      traceId: idOf(number),
      operation: 'x'.repeat(200),
    }));
    for (let batch = 0; batch < 40; batch++) {
      const arrivalTime = NOON + number * HOUR;
      await store.writer.write(sampleBatch({ spans, arrivalTime }));
    }
  }
}

/** Cuts off the file of a bucket in the middle of a page of data; 0 for the oldest. */
async function cut(bucket: number, to = 0.5): Promise<void> {
  const names = (await readdir(directory)).filter((name) => /^\d/.test(name)).sort();
  const path = join(directory, names[bucket] ?? '', 'data.mdb');
  truncateSync(path, Math.floor(to * statSync(path).size));
}

const spansOf = async (store: EmbeddedStore, number: number) =>
  (await store.reader.trace(idOf(number)))?.spans.length ?? 0;

it.each([0.9, 0.5, 0.01, 0])(
  'a bucket that has only %d of its file is left out and named, and the others answer',
  { timeout: 60_000 },
  async (part) => {
    await using first = await open();
    await fill(first);
    await first.close();
    await cut(0, part);
    await using store = await open();
    expect(await spansOf(store, 2)).toBe(4000);
    expect(await spansOf(store, 1)).toBe(0);
    expect(await store.reader.services()).toEqual(['frontend']);
    await store.writer.write(sampleBatch({ spans: [{ traceId: idOf(3) }] }));
    expect(await spansOf(store, 3)).toBe(1);
    expect(store.stats.unreadableBuckets).toBe(1);
    expect(said).toEqual([expect.stringMatching(/^\[embedded\] .*data\.mdb was cut off: /)]);
  },
);

it.each([0, 4096])(
  'a bucket whose page at %d is overwritten is left out and named, and the others answer',
  async (position) => {
    await using first = await open();
    await fill(first);
    await first.close();
    const [oldest = ''] = (await readdir(directory)).filter((name) => /^\d/.test(name)).sort();
    const file = openSync(join(directory, oldest, 'data.mdb'), 'r+');
    writeSync(file, Buffer.alloc(512), 0, 512, position);
    closeSync(file);
    await using store = await open();
    expect(await spansOf(store, 2)).toBe(4000);
    expect(await spansOf(store, 1)).toBe(0);
    expect(store.stats.unreadableBuckets).toBe(1);
    expect(said).toEqual([expect.stringMatching(/does not begin as a file of LMDB does$/)]);
  },
);

it('a newest bucket that is cut off while it is written takes no more, and what comes is kept', async () => {
  await using store = await open();
  await fill(store);
  // So that it is not counting when the file is cut off, which nothing would help against.
  await store.dependencies?.read(4e15, 4e15);
  await cut(1);
  const late = { spans: [{ traceId: idOf(3) }], arrivalTime: NOON + 2 * HOUR };
  await store.writer.write(sampleBatch(late));
  expect(await spansOf(store, 3)).toBe(1);
  expect(await spansOf(store, 2)).toBe(0);
  expect(await spansOf(store, 1)).toBe(4000);
  expect(store.stats.unreadableBuckets).toBe(1);
  expect(said).toHaveLength(1);
  await store.sweep();
  await store.close();
  await using again = await open();
  expect(await spansOf(again, 3)).toBe(1);
});

it('an archive that is cut off says so, and spans go on coming', async () => {
  await using store = await open();
  const kept = () => sampleBatch({ spans: [{ traceId: idOf(1), operation: 'x'.repeat(100_000) }] });
  for (let batch = 0; batch < 10; batch++) await store.archive?.writer.write(kept());
  expect((await store.archive?.reader.trace(idOf(1)))?.spans).toHaveLength(10);
  const path = join(directory, 'archive', 'data.mdb');
  truncateSync(path, statSync(path).size / 2);
  const damaged = expect.objectContaining({
    code: 'corrupt',
    message: expect.stringMatching(/^\[embedded\] .*archive.data\.mdb was cut off: /),
  });
  for (const opened of [store, undefined]) {
    if (opened === undefined) await store.close();
    await using reader = opened ?? (await open());
    await expect(reader.archive?.reader.trace(idOf(1))).rejects.toEqual(damaged);
    await expect(reader.archive?.writer.write(kept())).rejects.toEqual(damaged);
    await reader.writer.write(sampleBatch({ spans: [{ traceId: idOf(2) }] }));
  }
});

it.each([0, 1])(
  'another process that has bucket %i open goes on, without it',
  { timeout: 60_000 },
  async (bucket) => {
    await using store = await open();
    await fill(store);
    await store.close();
    const reader = await startReader(directory);
    try {
      expect([await askReader(reader, idOf(1)), await askReader(reader, idOf(2))]).toEqual([
        4000, 4000,
      ]);
      await cut(bucket);
      const seen = [await askReader(reader, idOf(1)), await askReader(reader, idOf(2))];
      expect(seen).toEqual(bucket === 0 ? [0, 4000] : [4000, 0]);
    } finally {
      reader.kill();
    }
  },
);
