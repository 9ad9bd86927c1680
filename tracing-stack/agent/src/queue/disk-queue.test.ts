import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderHeldError } from '@spoor/platform/folder-lock';
import { type AgentCall, compactBatch, decodeEmitBatch, encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeRecord, encodeRecord } from './batch-record.ts';
import { DiskQueue, type DiskQueueOptions } from './disk-queue.ts';
import type { StoredBatch } from './segment.ts';

let directory: string;
let open: DiskQueue | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-queue-'));
});
afterEach(async () => {
  await open?.close();
  open = undefined;
  await rm(directory, { recursive: true, force: true });
});

async function queue(options: Partial<DiskQueueOptions> = {}): Promise<DiskQueue> {
  open = await DiskQueue.open({ directory, maxBytes: 1e6, ...options });
  return open;
}

async function again(options: Partial<DiskQueueOptions> = {}): Promise<DiskQueue> {
  await open?.close();
  return queue(options);
}

/** Bytes that say which one it is. */
const callOf = (n: number, size = 20): AgentCall => ({
  model: 'jaeger',
  batch: compactBatch(Buffer.alloc(size, n)),
});
const records = (...numbers: number[]) => numbers.map((n) => encodeRecord(callOf(n), n));
const RECORD_BYTES = 15 + 20;

async function readAll(disk: DiskQueue): Promise<StoredBatch[]> {
  const all: StoredBatch[] = [];
  while (disk.hasUnread) all.push(...(await disk.read()).batches);
  return all;
}
const numbers = (batches: readonly StoredBatch[]) => batches.map(({ batch }) => batch.bytes[0]);
const files = async () => (await readdir(directory)).filter((name) => name.endsWith('.batches'));

test('a record is read as it was written, and no beginning of one is', () => {
  const spans = usualSpans(seededRandom(1), 3, 'a');
  const process = spans[0]?.process ?? { serviceName: '', tags: [] };
  const batch = decodeEmitBatch(encodeEmitBatch(process, spans, 1));
  const record = encodeRecord({ model: 'zipkin', batch }, 3);
  const read = decodeRecord(Buffer.concat([Buffer.alloc(5), record, Buffer.alloc(9)]), 5);
  expect(read).toMatchObject({ model: 'zipkin', spans: 3, bytes: record.length });
  expect(read?.batch.spans()).toEqual(batch.spans());
  for (let length = 0; length < record.length; length++) {
    expect(decodeRecord(record.subarray(0, length), 0)).toBeUndefined();
  }
  for (let at = 0; at < record.length; at++) {
    const changed = Buffer.from(record);
    changed[at] = (changed[at] as number) ^ 1;
    expect(decodeRecord(changed, 0)).toBeUndefined();
  }
});

test('batches come out in the order in which they went in, over many files', async () => {
  const disk = await queue({ segmentBytes: 2 * RECORD_BYTES });
  expect(await disk.append(records(3, 4, 5))).toEqual({ taken: 3 });
  await disk.append(records(6));
  await disk.prepend(records(1, 2));
  expect(disk.bytes).toBe(6 * RECORD_BYTES);
  expect(numbers(await readAll(disk))).toEqual([1, 2, 3, 4, 5, 6]);
  expect((await files()).length).toBeGreaterThan(2);
});

test('what was written is told also if a file before it does not go, which is tried again', async () => {
  const disk = await queue({ segmentBytes: RECORD_BYTES });
  await disk.append(records(1));
  const [first] = (await disk.read()).batches;
  const [name] = await files();
  const path = join(directory, name as string);
  // What cannot be removed as a file.
  await rm(path);
  await mkdir(path);
  const writing = disk.append(records(2, 3));
  await disk.done(first as StoredBatch);
  const { taken, error } = await writing;
  expect(taken).toBe(2);
  expect(error?.message).toContain(path);
  await rmdir(path);
  const batches = await readAll(disk);
  expect(numbers(batches)).toEqual([2, 3]);
  for (const batch of batches) await disk.done(batch);
  expect(await files()).toEqual([]);
});

test('what was delivered is noted at the end also if its file does not go', async () => {
  const disk = await queue({ segmentBytes: RECORD_BYTES });
  await disk.append(records(1));
  const [first] = (await disk.read()).batches;
  const [name] = await files();
  const path = join(directory, name as string);
  await rm(path);
  await mkdir(path);
  await expect(disk.done(first as StoredBatch)).rejects.toThrow(path);
  open = undefined;
  await expect(disk.close()).rejects.toThrow(path);
  const positions = JSON.parse(await readFile(join(directory, 'positions.json'), 'utf8'));
  expect(positions).toEqual({ [String(Number.parseInt(name as string, 10))]: RECORD_BYTES });
});

test('what was not delivered is there in the next run, and what was delivered is not', async () => {
  const disk = await queue({ segmentBytes: 3 * RECORD_BYTES });
  await disk.append(records(1, 2, 3, 4, 5, 6, 7));
  const batches = await readAll(disk);
  // Not in order: calls are under way at once.
  for (const i of [1, 0, 3]) await disk.done(batches[i] as StoredBatch);
  expect(disk.bytes).toBe(4 * RECORD_BYTES);
  const next = await again();
  expect(next.bytes).toBe(4 * RECORD_BYTES);
  const left = await readAll(next);
  expect(numbers(left)).toEqual([3, 5, 6, 7]);
  for (const batch of left) await next.done(batch);
  expect(await files()).toEqual([]);
  expect(next.bytes).toBe(0);
});

test('the files of an earlier run come before those of this one', async () => {
  await (await queue()).append(records(1, 2));
  const next = await again();
  await next.append(records(3));
  await next.prepend(records(0));
  expect(numbers(await readAll(next))).toEqual([0, 1, 2, 3]);
});

test('beyond its room it takes the first that fit; what is delivered gives room', async () => {
  const disk = await queue({ maxBytes: 3 * RECORD_BYTES, segmentBytes: RECORD_BYTES });
  expect(await disk.append(records(1, 2, 3, 4, 5))).toEqual({ taken: 3 });
  expect(await disk.append(records(4))).toEqual({ taken: 0 });
  const [first] = await readAll(disk);
  await disk.done(first as StoredBatch);
  expect(await disk.append(records(4, 5))).toEqual({ taken: 1 });
});

test('a batch larger than a file, and than what is read at once, is one batch', async () => {
  const disk = await queue({ maxBytes: 1e7, segmentBytes: 1e6 });
  await disk.append([encodeRecord(callOf(1, 3e6), 1), ...records(2)]);
  const batches = await readAll(disk);
  expect(batches.map(({ batch }) => batch.bytes.length)).toEqual([3e6, 20]);
});

describe('after a crash', () => {
  test('half a record at the end is passed over, and its bytes are told', async () => {
    await (await queue()).append(records(1, 2));
    const [name = ''] = await files();
    await appendFile(join(directory, name), records(3)[0]?.subarray(0, 20) as Buffer);
    const next = await again();
    await next.append(records(4));
    expect(numbers((await next.read()).batches)).toEqual([1, 2]);
    expect(await next.read()).toEqual({ batches: [], lost: 20 });
    expect(numbers((await next.read()).batches)).toEqual([4]);
    expect(next.hasUnread).toBe(false);
  });

  test('a file that is nothing is passed over', async () => {
    await writeFile(join(directory, '000000000007.batches'), 'hello, world');
    const disk = await queue();
    expect(await disk.read()).toEqual({ batches: [], lost: 12 });
    expect(await files()).toEqual([]);
  });

  test('without what was noted of deliveries, all is delivered again', async () => {
    const disk = await queue();
    await disk.append(records(1, 2));
    await disk.done((await readAll(disk))[0] as StoredBatch);
    await disk.savePositions();
    expect(await readFile(join(directory, 'positions.json'), 'utf8')).toContain(
      String(RECORD_BYTES),
    );
    await disk.close();
    await writeFile(join(directory, 'positions.json'), 'half a fi');
    expect(numbers(await readAll(await queue()))).toEqual([1, 2]);
  });
});

test('a folder is of one process', async () => {
  await queue();
  await expect(DiskQueue.open({ directory, maxBytes: 1 })).rejects.toBeInstanceOf(FolderHeldError);
});

test('what cannot be written is told, and is not there', async () => {
  const disk = await queue();
  await disk.append(records(1));
  await rm(directory, { recursive: true });
  const { taken, error } = await disk.append(records(2, 3));
  expect(taken).toBe(0);
  expect(error?.message).toMatch(/ENOENT/);
  expect(disk.bytes).toBe(RECORD_BYTES);
  open = undefined;
});

describe('a number is given to one file only', () => {
  async function drained(write: 'append' | 'prepend' = 'append') {
    const disk = await queue();
    await disk[write](records(1, 2));
    const [first, second] = await readAll(disk);
    await disk.done(first as StoredBatch);
    await disk.savePositions();
    return { disk, removal: disk.done(second as StoredBatch) };
  }

  test.each(['append', 'prepend'] as const)(
    'so that what %s writes does not go with the file before',
    async (write) => {
      const { disk, removal } = await drained(write);
      const [{ taken }] = await Promise.all([disk[write](records(3)), removal]);
      expect(taken).toBe(1);
      expect(await files()).toHaveLength(1);
      expect(numbers(await readAll(disk))).toEqual([3]);
    },
  );

  test('so that what was noted of one before does not hold for it after a crash', async () => {
    const { disk, removal } = await drained();
    await removal;
    await disk.append(records(3));
    // As if the process were gone: nothing more is noted.
    await rm(join(directory, 'writer.lock'));
    expect(numbers(await readAll(await queue()))).toEqual([3]);
  });

  test('also when the run between had nothing left to note', async () => {
    const { removal } = await drained();
    await removal;
    await rm(join(directory, 'writer.lock'));
    await (await queue()).append(records(3));
    await rm(join(directory, 'writer.lock'));
    expect(numbers(await readAll(await queue()))).toEqual([3]);
  });
});

describe('a file that cannot be read is given up, and its bytes are told', () => {
  async function twoFiles(): Promise<{ disk: DiskQueue; path: string }> {
    const disk = await queue({ segmentBytes: RECORD_BYTES });
    await disk.append(records(1, 2));
    const [name = ''] = (await files()).sort();
    const path = join(directory, name);
    await rm(path);
    return { disk, path };
  }

  test('at once if it is gone', async () => {
    const { disk } = await twoFiles();
    const { lost, error } = await disk.read();
    expect(lost).toBe(RECORD_BYTES);
    expect(error?.message).toMatch(/ENOENT/);
    expect(numbers(await readAll(disk))).toEqual([2]);
  });

  test('after a few tries if it is there', async () => {
    const { disk, path } = await twoFiles();
    await mkdir(path);
    let tries = 1;
    let found = await disk.read().catch(() => undefined);
    for (; found === undefined && tries < 100; tries++) {
      found = await disk.read().catch(() => undefined);
    }
    expect(tries).toBeGreaterThan(5);
    expect(found).toMatchObject({ batches: [], lost: RECORD_BYTES });
    expect(found?.error?.message).toMatch(/EISDIR/);
    expect(numbers(await readAll(disk))).toEqual([2]);
    await rmdir(path);
  });
});

test('what was delivered is noted by one at a time, and at the end whole', async () => {
  const disk = await queue();
  await disk.append(records(...Array.from({ length: 50 }, (_, i) => i)));
  const saves: Promise<void>[] = [];
  for (const batch of (await readAll(disk)).slice(0, -1)) {
    await disk.done(batch);
    saves.push(disk.savePositions());
  }
  await Promise.all(saves);
  expect(numbers(await readAll(await again()))).toEqual([49]);
});
