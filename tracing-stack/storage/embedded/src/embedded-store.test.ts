import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMetrics } from '@spoor/platform';
import { NOON, sampleBatch } from '@spoor/storage-testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BucketList } from './bucket-list.ts';
import type { EmbeddedStore } from './bucket-store.ts';
import { openEmbeddedStore } from './embedded-store.ts';
import type { EmbeddedStoreOptions } from './store-options.ts';

const TRACE = '00000000000000aa';
const HOUR = 3_600_000_000;

let directory: string;
let open: EmbeddedStore[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-embedded-'));
  open = [];
});

afterEach(async () => {
  for (const store of open) await store.close();
  await rm(directory, { recursive: true, force: true });
});

async function openStore(options: Partial<EmbeddedStoreOptions> = {}): Promise<EmbeddedStore> {
  const store = await openEmbeddedStore({ directory, ...options });
  open.push(store);
  return store;
}

function arrived(arrivalTime: number, operation = 'work') {
  return sampleBatch({ arrivalTime, spans: [{ traceId: TRACE, operation }] });
}

async function operations(store: EmbeddedStore): Promise<string[]> {
  const trace = await store.reader.trace(TRACE);
  return trace?.spans.map((span) => span.operationName) ?? [];
}

async function buckets(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => /^\d{4}-/.test(name)).sort();
}

describe('buckets', () => {
  it('take what arrives in an hour, and are named for their first record', async () => {
    const store = await openStore();
    for (const hours of [0, 0.9, 1, 1.5, 2.1]) {
      await store.writer.write(arrived(NOON + hours * HOUR, `${hours}`));
    }
    expect(await buckets()).toEqual([
      '2026-11-22T20-00-00-000000',
      '2026-11-22T21-00-00-000000',
      '2026-11-22T22-06-00-000000',
    ]);
    expect(await operations(store)).toEqual(['0', '0.9', '1', '1.5', '2.1']);
  });

  it('follow a clock that is set back, and arrivals still come in order', async () => {
    let now = NOON + 1000 * HOUR;
    const store = await openStore({ clock: () => now });
    await store.writer.write(arrived(now, 'future'));
    now = NOON;
    await store.writer.write(arrived(now, 'present'));
    await store.writer.write(arrived(now + HOUR, 'next hour'));
    expect(await buckets()).toHaveLength(3);
    const { spans } = await store.reader.arrivals(undefined, 10);
    expect(spans.map((span) => span.operationName)).toEqual(['future', 'present', 'next hour']);
  });

  it('share one write that spans several of them', async () => {
    const store = await openStore();
    const hours = Array.from({ length: 20 }, (_, i) => i % 10);
    await Promise.all(hours.map((hour) => store.writer.write(arrived(NOON + hour * HOUR))));
    expect(await operations(store)).toHaveLength(20);
  });

  it('are dropped whole when their newest arrival is older than the time to live', async () => {
    let now = NOON;
    const store = await openStore({ timeToLive: 3 * HOUR, clock: () => now });
    for (const hour of [0, 1, 2, 3])
      await store.writer.write(arrived(NOON + hour * HOUR, `${hour}`));
    now = NOON + 3 * HOUR;
    await store.sweep();
    expect(await operations(store)).toEqual(['0', '1', '2', '3']);
    now += 1;
    await store.sweep();
    expect(await operations(store)).toEqual(['1', '2', '3']);
    expect(await buckets()).toHaveLength(3);
    now += 10 * HOUR;
    await store.sweep();
    expect(await buckets()).toEqual([]);
    expect(await store.reader.services()).toEqual([]);
    await store.writer.write(arrived(now, 'again'));
    expect(await operations(store)).toEqual(['again']);
  });

  it('take less than an hour if spans are not kept for long, so that they go soon after', async () => {
    const minute = HOUR / 60;
    let now = NOON;
    const store = await openStore({ timeToLive: 80 * minute, clock: () => now });
    for (const minutes of [0, 9, 11, 30])
      await store.writer.write(arrived(NOON + minutes * minute, `${minutes}`));
    now = NOON + 90 * minute;
    await store.sweep();
    expect(await operations(store)).toEqual(['11', '30']);
  });

  it('take a minute at least, however soon spans go', async () => {
    const store = await openStore({ timeToLive: 1, clock: () => NOON });
    for (const seconds of [0, 59, 61])
      await store.writer.write(arrived(NOON + seconds * 1e6, `${seconds}`));
    expect(await buckets()).toHaveLength(2);
  });

  it('5: are dropped by arrival, whatever the clocks of their spans say', async () => {
    let now = NOON;
    const store = await openStore({ clock: () => now });
    const old = { traceId: TRACE, operation: 'old', start: -20 * 365 * 24 * HOUR };
    const young = { traceId: TRACE, operation: 'young', start: 365 * 24 * HOUR };
    await store.writer.write(sampleBatch({ arrivalTime: now, spans: [young] }));
    now += 71 * HOUR;
    await store.writer.write(sampleBatch({ arrivalTime: now, spans: [old] }));
    now += 2 * HOUR;
    await store.sweep();
    expect(await operations(store)).toEqual(['old']);
  });

  it('are dropped, the oldest first, when they take more than they may from now on', async () => {
    const maxBytes = 4 * 1024 * 1024;
    const generous = await openStore({ maxBytes: 2 * maxBytes, clock: () => NOON });
    const filling = { traceId: TRACE, operation: 'x'.repeat(500) };
    for (let i = 0; i < 30; i++) {
      const first = { traceId: TRACE, operation: `${i}` };
      const spans = [first, ...Array.from({ length: 400 }, () => filling)];
      const batch = sampleBatch({ arrivalTime: NOON + i, spans, encoding: 'jaeger-proto' });
      await generous.writer.write(batch);
    }
    await generous.close();
    const store = await openStore({ maxBytes, clock: () => NOON });
    expect(store.stats.bytes).toBeGreaterThan(maxBytes);
    await store.sweep();
    expect(store.stats.bytes).toBeLessThanOrEqual(maxBytes);
    expect(store.stats.bytes).toBeGreaterThan(maxBytes / 2);
    const kept = await store.reader.trace(TRACE);
    expect(kept?.spans.some((span) => span.operationName === '29')).toBe(true);
    expect(kept?.spans.some((span) => span.operationName === '0')).toBe(false);
  });

  it('take no more than they may in a burst either, that no sweep comes into', async () => {
    const maxBytes = 4 * 1024 * 1024;
    /** Of which the last commit of a bucket may take it beyond its part. */
    const commitBytes = maxBytes / 16;
    const store = await openStore({ maxBytes, clock: () => NOON, sweepInterval: 2 ** 31 - 1 });
    const filling = { traceId: TRACE, operation: 'x'.repeat(500) };
    let [most, written, number] = [0, 0, 0];
    const writeOn = async () => {
      while (written < 5 * maxBytes) {
        const first = { traceId: TRACE, operation: `${number}` };
        const spans = [first, ...Array.from({ length: 40 }, () => filling)];
        const batch = sampleBatch({ arrivalTime: NOON + number++, spans });
        await store.writer.write(batch);
        written += batch.batch.bytes.length;
        most = Math.max(most, store.stats.bytes);
      }
    };
    await Promise.all([writeOn(), writeOn(), writeOn()]);
    expect(most).toBeLessThanOrEqual(maxBytes + commitBytes);
    expect(most).toBeGreaterThan(maxBytes / 2);
    expect(await operations(store)).toContain(`${number - 1}`);
    await store.close();
    const left = await readdir(directory);
    expect(left.filter((name) => name.startsWith('dropped-'))).toEqual([]);
    const sizes = await Promise.all(
      (await buckets()).map((name) => stat(join(directory, name, 'data.mdb'))),
    );
    const onDisk = sizes.reduce((sum, { size }) => sum + size, 0);
    expect(onDisk).toBeLessThanOrEqual(maxBytes + commitBytes);
  });

  it('that a search reads in a burst are dropped after it, and stop nobody', async () => {
    const maxBytes = 1024 * 1024;
    const store = await openStore({ maxBytes, clock: () => NOON, sweepInterval: 2 ** 31 - 1 });
    const { buckets: list } = store as unknown as { buckets: BucketList };
    await store.writer.write(arrived(NOON, 'first'));
    const [oldest = ''] = await buckets();
    await list.reading(async ([read]) => {
      const spans = [{ traceId: TRACE, operation: 'x'.repeat(100_000) }];
      for (let i = 1; i <= 40; i++) {
        await store.writer.write(sampleBatch({ arrivalTime: NOON + i, spans }));
      }
      expect(store.stats.bytes).toBeLessThanOrEqual(2 * maxBytes);
      expect(list.all.map(({ name }) => name)).not.toContain(oldest);
      expect([...(read?.tables.records.getKeys({ limit: 1 }) ?? [])]).toHaveLength(1);
      expect(existsSync(join(directory, oldest))).toBe(true);
    });
    await store.close();
    expect(existsSync(join(directory, oldest))).toBe(false);
  });

  it('that could not be dropped are tried again by the next sweep', async () => {
    let now = NOON;
    const store = await openStore({ clock: () => now });
    await store.writer.write(arrived(NOON));
    const [name = ''] = await buckets();
    const inTheWay = join(directory, `dropped-${name}`);
    await mkdir(inTheWay);
    await writeFile(join(inTheWay, 'file'), '');
    now += 1000 * HOUR;
    await store.sweep();
    expect(await buckets()).toEqual([name]);
    await rm(inTheWay, { recursive: true });
    await store.sweep();
    expect(await buckets()).toEqual([]);
  });

  it('are dropped under a search without harm to it', async () => {
    let now = NOON;
    const store = await openStore({ clock: () => now });
    const many = Array.from({ length: 300 }, () => store.writer.write(arrived(NOON)));
    await Promise.all(many);
    const search = store.reader.trace(TRACE);
    now += 1000 * HOUR;
    await store.sweep();
    expect((await search)?.spans).toHaveLength(300);
    expect(await store.reader.trace(TRACE)).toBeUndefined();
  });

  it('are gone at once when they are dropped: nobody meets a part of one', async () => {
    let now = NOON;
    const store = await openStore({ clock: () => now });
    await store.writer.write(arrived(NOON));
    const [name = ''] = await buckets();
    const bucket = join(directory, name);
    // So that removing it takes a while.
    for (let n = 0; n < 500; n++) await mkdir(join(bucket, `${n}`));
    now += 1000 * HOUR;
    let isOver = false;
    const sweeping = store.sweep().then(() => {
      isOver = true;
    });
    let parts = 0;
    while (!isOver) {
      if (!existsSync(join(bucket, 'data.mdb')) && existsSync(bucket)) parts++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await sweeping;
    expect(parts).toBe(0);
    expect((await readdir(directory)).filter((left) => left.includes(name))).toEqual([]);
  });

  it('that a writer did not get to the end of dropping are removed by the next one', async () => {
    const left = join(directory, 'dropped-2026-11-22T20-00-00-000000');
    const other = join(directory, 'dropped-mail');
    for (const path of [left, other]) {
      await mkdir(path);
      await writeFile(join(path, 'data.mdb'), '');
    }
    const store = await openStore();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(other)).toBe(true);
    expect(store.stats.buckets).toBe(0);
  });

  it('that cannot be opened are left out, logged once and counted', async () => {
    const first = await openStore();
    await first.writer.write(arrived(NOON, 'good'));
    await first.close();
    const bad = join(directory, '2026-11-22T10-00-00-000000');
    await writeFile(bad, 'a file where a folder should be');
    const errors: string[] = [];
    const ignore = () => {};
    const logger = {
      debug: ignore,
      info: ignore,
      warn: ignore,
      error: (_: object, message: string) => errors.push(message),
    };
    const store = await openStore({ logger });
    expect(await operations(store)).toEqual(['good']);
    expect(await operations(store)).toEqual(['good']);
    expect(errors).toEqual(['a bucket cannot be read, left out']);
    expect(store.stats.unreadableBuckets).toBe(1);
  });
});

describe('the data directory', () => {
  it('has one writer: a second one is told who the first is', async () => {
    await openStore();
    await expect(openEmbeddedStore({ directory })).rejects.toMatchObject({
      code: 'unavailable',
      message: `[embedded] ${directory} is in use by pid ${process.pid}: stop it, or give another directory`,
    });
  });

  it('is taken over from a writer that is gone', async () => {
    await writeFile(join(directory, 'writer.lock'), `${process.ppid} elsewhere`);
    const store = await openStore();
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
    expect(await readdir(directory)).toEqual(['store.json']);
  });

  it('of another layout is refused', async () => {
    await writeFile(join(directory, 'store.json'), '{"layout":2}');
    await expect(openEmbeddedStore({ directory })).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('a reader', () => {
  it('waits for the writer: unavailable, then there', async () => {
    const path = join(directory, 'later');
    const reader = await openStore({ directory: path, readOnly: true });
    const unavailable = {
      code: 'unavailable',
      message: `[embedded] store ${path} does not exist yet: no collector has opened it`,
    };
    await expect(reader.check()).rejects.toMatchObject(unavailable);
    await expect(reader.reader.services()).rejects.toMatchObject(unavailable);
    const writer = await openStore({ directory: path });
    await expect(reader.check()).resolves.toBeUndefined();
    expect(await reader.reader.services()).toEqual([]);
    for (const hour of [0, 1, 2]) {
      await writer.writer.write(arrived(NOON + hour * HOUR, `${hour}`));
      expect((await operations(reader)).at(-1)).toBe(`${hour}`);
    }
  });

  it('cannot write', async () => {
    await openStore();
    const reader = await openStore({ readOnly: true });
    const refused = { code: 'unavailable' };
    await expect(reader.writer.write(arrived(NOON))).rejects.toMatchObject(refused);
  });

  it('sees that a bucket was dropped', async () => {
    let now = NOON;
    const writer = await openStore({ clock: () => now });
    const reader = await openStore({ readOnly: true });
    await writer.writer.write(arrived(NOON));
    expect(await operations(reader)).toEqual(['work']);
    now += 1000 * HOUR;
    await writer.sweep();
    expect(await operations(reader)).toEqual([]);
  });
});

it('3: a store on a disk with too little space left is full, says so, and takes more later', async () => {
  const store = await openStore({ spareBytes: Number.MAX_SAFE_INTEGER });
  const full = { code: 'full', message: `[embedded] the disk that holds ${directory} is full` };
  await expect(store.writer.write(arrived(NOON))).rejects.toMatchObject(full);
  await expect(store.check()).rejects.toMatchObject(full);
  expect(await store.reader.services()).toEqual([]);
  await store.close();
  const later = await openStore();
  await later.writer.write(arrived(NOON));
  await expect(later.check()).resolves.toBeUndefined();
  expect(await operations(later)).toEqual(['work']);
});

it.each([
  ['its folder', (path: string) => rm(path, { recursive: true })],
  [
    'everything in its folder',
    async (path: string) => {
      for (const name of await readdir(path)) await rm(join(path, name), { recursive: true });
    },
  ],
  [
    'its newest bucket',
    async (path: string) => {
      for (const name of await buckets()) await rm(join(path, name), { recursive: true });
    },
  ],
])(
  '1: a store that loses %s begins anew, and acknowledges nothing into removed files',
  async (_, remove) => {
    const store = await openStore();
    await store.writer.write(arrived(NOON, 'before'));
    await remove(directory);
    await store.writer.write(arrived(NOON, 'after'));
    await store.check();
    expect(await operations(store)).toEqual(['after']);
    await expect(openEmbeddedStore({ directory })).rejects.toThrow(`pid ${process.pid}`);
    await store.close();
    const reopened = await openStore();
    expect(await operations(reopened)).toEqual(['after']);
  },
);

it('of its buckets only the newest is open for writing, for the others would hold memory', async () => {
  const store = await openStore({ clock: () => NOON, timeToLive: 10 * HOUR });
  for (const hours of [0, 1, 2]) await store.writer.write(arrived(NOON + hours * HOUR, `${hours}`));
  expect(await operations(store)).toEqual(['0', '1', '2']);
  const writable = async (list: BucketList) => {
    await list.reading(async () => undefined);
    return list.all.map((bucket) => {
      const tables = bucket.retain();
      bucket.release();
      try {
        tables?.records.putSync(Buffer.alloc(8), Buffer.alloc(1));
        return true;
      } catch {
        return false;
      }
    });
  };
  const { buckets: list } = store as unknown as { buckets: BucketList };
  expect(await writable(list)).toEqual([false, false, true]);
  await store.close();
  const reopened = await openStore({ clock: () => NOON });
  const { buckets: again } = reopened as unknown as { buckets: BucketList };
  expect(await writable(again)).toEqual([false, false, true]);
  await reopened.writer.write(arrived(NOON + 2 * HOUR, 'more'));
});

it('says why a folder cannot be one, and what to do', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  await expect(openEmbeddedStore({ directory: join(file, 'data') })).rejects.toThrow(
    /^\[embedded\] cannot keep spans in .*file.data: (ENOTDIR|EEXIST).*; give another folder with --embedded.directory$/,
  );
});

it('shows its figures as metrics', async () => {
  const metrics = createMetrics();
  const store = await openStore({ metrics });
  await store.writer.write(arrived(NOON));
  const text = await metrics.text();
  expect(text).toContain('spoor_embedded_buckets 1\n');
  expect(text).toContain('spoor_embedded_unreadable_records 0\n');
  expect(text).toMatch(/spoor_embedded_bytes [1-9]\d*\n/);
});
