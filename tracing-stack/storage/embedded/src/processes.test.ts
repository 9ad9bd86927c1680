import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOON, sampleBatch } from '@spoor/storage-testkit';
import { expect, it } from 'vitest';
import { openEmbeddedStore } from './embedded-store.ts';
import { askReader, startReader } from './testing/reader.ts';

const TRACE = '00000000000000aa';
const HOUR = 3_600_000_000;

it('2: readers in other processes see what was acknowledged, in new buckets and in growing ones', {
  timeout: 30_000,
}, async () => {
  const parent = await mkdtemp(join(tmpdir(), 'spoor-processes-'));
  const directory = join(parent, 'data');
  const readers = await Promise.all([startReader(directory), startReader(directory)]);
  const seen = () => Promise.all(readers.map((reader) => askReader(reader, TRACE)));
  try {
    expect(await seen()).toEqual(['unavailable', 'unavailable']);
    await using store = await openEmbeddedStore({ directory });
    expect(await seen()).toEqual([0, 0]);
    const spans = Array.from({ length: 100 }, () => ({
      traceId: TRACE,
      operation: 'x'.repeat(200),
    }));
    for (let i = 1; i <= 60; i++) {
      const arrivalTime = NOON + Math.floor(i / 20) * HOUR;
      await store.writer.write(sampleBatch({ arrivalTime, spans }));
      if (i % 5 === 0) expect(await seen()).toEqual([100 * i, 100 * i]);
    }
    expect(store.stats.buckets).toBe(4);
  } finally {
    for (const reader of readers) reader.kill();
    await rm(parent, { recursive: true, force: true });
  }
});
