import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOON, sampleBatch } from '@spoor/storage-testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EmbeddedStore } from './bucket-store.ts';
import { openEmbeddedStore } from './embedded-store.ts';
import { errorLog } from './testing/error-log.ts';

/*
 * A bucket in whose file pages were overwritten: LMDB opens it, and meets them in the midst of a call.
 */
const HOUR = 3_600_000_000;

let directory: string;
let { logger, said } = errorLog();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-page-'));
  ({ logger, said } = errorLog());
});

afterEach(() => rm(directory, { recursive: true, force: true }));

// Calls are not counted: that goes through every page, and LMDB ends the process over some that are damaged.
const open = () =>
  openEmbeddedStore({ directory, logger, clock: () => NOON, countInterval: 1_000_000_000 });

function idOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** Traces 1 to 400 in the first bucket, trace 1001 in the second. */
async function fill(store: EmbeddedStore): Promise<void> {
  for (let number = 1; number <= 400; number++) {
    const spans = [{ traceId: idOf(number), operation: `${number}`.padEnd(3000, 'x') }];
    await store.writer.write(sampleBatch({ spans, arrivalTime: NOON }));
  }
  const spans = [{ traceId: idOf(1001) }];
  await store.writer.write(sampleBatch({ spans, arrivalTime: NOON + HOUR }));
}

async function wipe(from: number, to: number): Promise<void> {
  const names = (await readdir(directory)).filter((name) => /^\d/.test(name)).sort();
  const path = join(directory, names[0] ?? '', 'data.mdb');
  const pages = statSync(path).size / 4096;
  const file = openSync(path, 'r+');
  const first = Math.max(2, Math.floor(from * pages));
  writeSync(
    file,
    Buffer.alloc(4096 * (Math.floor(to * pages) - first)),
    0,
    undefined,
    4096 * first,
  );
  closeSync(file);
}

it('a bucket with overwritten pages is left out of searches that meet one, and all else is answered', async () => {
  await using first = await open();
  await fill(first);
  await first.close();
  await wipe(0.4, 0.6);
  await using store = await open();
  const query = {
    serviceName: 'frontend',
    tags: new Map<string, string>(),
    startTimeMin: 0,
    startTimeMax: 2 * NOON,
    limit: Number.POSITIVE_INFINITY,
  };
  for (let times = 0; times < 2; times++) {
    expect(await store.reader.findTraceIds(query)).toContain(idOf(1001));
    expect(await store.reader.services()).toEqual(['frontend']);
    const found = await Promise.all(
      [1, 400, 1001].map(async (number) => (await store.reader.trace(idOf(number)))?.spans.length),
    );
    expect(found).toEqual([1, 1, 1]);
    await store.writer.write(sampleBatch({ spans: [{ traceId: idOf(2000 + times) }] }));
    expect(await store.reader.findTraceIds(query)).toContain(idOf(2000 + times));
  }
  expect(store.stats.unreadableBuckets).toBe(1);
  expect(said.at(-1)).toMatch(/^\[embedded\] .* has a damaged page$/);
});
