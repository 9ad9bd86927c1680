import { execFile } from 'node:child_process';
import { mkdtemp, open as openFile, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NOON, sampleBatch, text } from '@spoor/storage-testkit';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from './embedded-store.ts';
import { openRows, openTables } from './tables.ts';

const MAIN = new URL('main.ts', import.meta.url).pathname;

let folder: string;
let directory: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-care-'));
  directory = join(folder, 'data');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function embedded(...args: string[]): Promise<{ code: number; output: string }> {
  const command = ['--import', 'tsx', MAIN, ...args, '--embedded.directory', directory];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command);
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

function idOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** Batch N is the trace of id N, and has twenty spans and a mark of its own. */
function batchOf(number: number) {
  const spans = Array.from({ length: 20 }, () => ({ traceId: idOf(number) }));
  return sampleBatch({ spans, processTags: [text('mark', `mark-of-batch-${number}.`)] });
}

async function filled(count: number): Promise<string> {
  await using store = await openEmbeddedStore({ directory, clock: () => NOON });
  for (let number = 1; number <= count; number++) await store.writer.write(batchOf(number));
  const [bucket = ''] = (await readdir(directory)).filter((name) => /^\d/.test(name));
  return join(directory, bucket);
}

async function readable(): Promise<number[]> {
  await using store = await openEmbeddedStore({ directory, readOnly: true });
  const found = await store.reader.findTraces({
    tags: new Map(),
    startTimeMin: 0,
    startTimeMax: 4e15,
    limit: 1000,
  });
  return found.map(({ traceId }) => Number.parseInt(traceId, 16)).sort((a, b) => a - b);
}

describe('check', { timeout: 120_000 }, () => {
  it('finds nothing in a store that is whole', async () => {
    await filled(30);
    const { code, output } = await embedded('check');
    expect(output).toContain(': 30 records, 0 problems');
    expect(code).toBe(0);
  });

  it('finds a byte that was flipped within a batch, and a search answers all others', async () => {
    const path = join(await filled(30), 'data.mdb');
    const bytes = await readFile(path);
    const file = await openFile(path, 'r+');
    // LMDB may have left an older copy of a page behind, which nobody reads.
    for (let at = bytes.indexOf('batch-7.'); at >= 0; at = bytes.indexOf('batch-7.', at + 1)) {
      await file.write('X', at);
    }
    await file.close();
    const { code, output } = await embedded('check');
    expect(output).toContain('its bytes are not those that were written');
    expect(code).toBe(1);
    expect(await readable()).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1).filter((n) => n !== 7),
    );
  });

  it('finds a file that was cut off', async () => {
    const path = join(await filled(200), 'data.mdb');
    const { length } = await readFile(path);
    await truncate(path, Math.floor(length / 2 / 4096) * 4096);
    const { code, output } = await embedded('check');
    expect(output).toMatch(/^[\d-]+T[\d-]+: \d+ records, [1-9]\d* problems/);
    expect(code).toBe(1);
  });

  it('finds what the index names and what it does not', async () => {
    const bucket = await filled(3);
    const tables = openTables(bucket, false);
    const [first = Buffer.alloc(0), second] = [...(tables?.records.getKeys() ?? [])];
    const trace = [...(tables?.traces.getKeys() ?? [])].find((key) =>
      key.subarray(16).equals(second ?? first),
    );
    await tables?.records.database.remove(first);
    await tables?.traces.database.remove(trace ?? first);
    await tables?.root.close();
    const { code, output } = await embedded('check');
    expect(output).toContain('of a trace is missing');
    expect(output).toContain('of a service is missing');
    expect(output).toContain(`is not found by trace ${idOf(2)}`);
    expect(code).toBe(1);
    expect(await readable()).toContain(3);
  });
});

describe('check of what is beside the buckets', { timeout: 120_000 }, () => {
  const throughput = { collector: 'one', time: NOON, duration: 1, operations: [] };

  beforeEach(async () => {
    await using store = await openEmbeddedStore({ directory, clock: () => NOON });
    const parent = { refType: 'CHILD_OF' as const, traceId: idOf(1), spanId: idOf(1) };
    await store.writer.write(sampleBatch({ spans: [{ traceId: idOf(1) }] }));
    const called = { traceId: idOf(1), spanId: idOf(2), references: [parent] };
    await store.writer.write(sampleBatch({ service: 'called', spans: [called] }));
    await store.dependencies?.write(NOON, [{ parent: 'a', child: 'b', callCount: 2 }]);
    expect(await store.dependencies?.read(NOON + 1e9, 2e9)).toHaveLength(2);
    for (const number of [1, 2]) await store.archive?.writer.write(batchOf(number));
    await store.sampling?.addThroughput(throughput, 0);
    await store.sampling?.saveProbabilities([]);
    await store.sampling?.takeLease({ name: 'leader', holder: 'one', until: NOON }, NOON);
  });

  it('finds nothing where all is whole', async () => {
    const { code, output } = await embedded('check');
    expect(output).toContain('dependencies: 4 records, 0 problems\n');
    expect(output).toContain('sampling: 3 records, 0 problems\n');
    expect(output).toContain('archive: 2 records, 0 problems\n');
    expect(code).toBe(0);
  });

  it('finds sums that are not those of the calls, rows that are not what they say, and damage in the archive', async () => {
    const calls = openRows(join(directory, 'dependencies'), false);
    const [key = []] = [...calls.getKeys({ start: ['slot'], limit: 1 })];
    await calls.put(key, [['frontend', 'called', 7]]);
    await calls.put(['counted'], 'much');
    await calls.put(['none', 'such'], 1);
    await calls.close();
    const sampling = openRows(join(directory, 'sampling'), false);
    await sampling.put(['throughput', NOON, 'two'], throughput);
    await sampling.close();
    const noJson = open<Buffer, string[]>({
      path: join(directory, 'sampling'),
      noSubdir: false,
      encoding: 'binary',
    });
    await noJson.put(['probabilities'], Buffer.from('[1'));
    await noJson.close();
    const archive = openTables(join(directory, 'archive'), false);
    const [first = Buffer.alloc(0), second = first] = [...(archive?.records.getKeys() ?? [])];
    await archive?.records.database.put(first, Buffer.from('not a record'));
    for (const row of [...(archive?.traces.getKeys() ?? [])]) {
      if (row.subarray(16).equals(second)) await archive?.traces.database.remove(row);
    }
    await archive?.root.close();

    const { code, output } = await embedded('check');
    expect(output).toContain('dependencies: 5 records, 3 problems\n');
    expect(output).toMatch(/minute \d+: the sums are not those of the calls/);
    expect(output).toContain('  row counted: is not what it says');
    expect(output).toContain('  row none, such: is not what it says');
    expect(output).toContain('sampling: 4 records, 2 problems\n');
    expect(output).toContain(`  row throughput, ${NOON}, two: is not what it says`);
    expect(output).toMatch(/row probabilities: .*JSON/);
    expect(output).toContain('archive: 2 records, 2 problems\n');
    expect(output).toContain(`is not found by trace ${idOf(2)}`);
    expect(output).toContain('3 folders are damaged');
    expect(code).toBe(1);
  });
});

describe('backup', { timeout: 120_000 }, () => {
  it('copies all that was acknowledged while spans go on coming, and the copy is whole', async () => {
    await using store = await openEmbeddedStore({ directory, bucketDuration: 1_000_000 });
    let number = 0;
    let isOver = false;
    const write = async () => {
      while (!isOver) {
        const arrivalTime = Date.now() * 1000;
        await store.writer.write({ ...batchOf(++number), arrivalTime });
      }
    };
    await store.archive?.writer.write(batchOf(999_999));
    const writing = Promise.all([write(), write()]);
    while (number < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    const acknowledged = number - 2;
    const target = join(folder, 'copy');
    expect(await embedded('backup', '--target', target)).toMatchObject({ code: 0 });
    isOver = true;
    await writing;
    expect(number).toBeGreaterThan(acknowledged + 10);
    expect((await embedded('backup', '--target', target)).output).toContain('is not empty');
    const within = await embedded('backup', '--target', join(directory, 'copy'));
    expect(within).toMatchObject({ code: 1, output: expect.stringContaining('is in the store') });
    directory = target;
    await using copy = await openEmbeddedStore({ directory });
    for (let n = 1; n <= acknowledged; n++) {
      expect((await copy.reader.trace(idOf(n)))?.spans, `batch ${n}`).toEqual(
        (await store.reader.trace(idOf(n)))?.spans,
      );
    }
    expect((await copy.archive?.reader.trace(idOf(999_999)))?.spans).toHaveLength(20);
    await copy.writer.write(batchOf(1_000_000));
    const { code, output } = await embedded('check');
    const lines = output.split('\n');
    expect(lines.filter((line) => !/^(.*, 0 problems)?$/.test(line))).toEqual([]);
    expect(code).toBe(0);
  });

  const damages: [string, (path: string) => Promise<void>, string][] = [
    ['cut off', (path) => truncate(path, 100 * 4096), 'was cut off: of '],
    ['emptied', (path) => truncate(path, 0), 'was cut off: it has 0 bytes'],
    ['overwritten', (path) => spoil(path, 0), 'does not begin as a file of LMDB does'],
    ['spoilt a page on', (path) => spoil(path, 4096), 'does not begin as a file of LMDB does'],
  ];

  it.each(damages)(
    'copies all but a bucket whose file was %s, says so, and ends with 1',
    async (_, damage, reason) => {
      const [oldest = ''] = await filledHours(2);
      await damage(join(directory, oldest, 'data.mdb'));
      const target = join(folder, 'copy');
      const { code, output } = await embedded('backup', '--target', target);
      expect(code).toBe(1);
      // With the graph, if it took so long that calls were counted.
      expect(output).toMatch(/^copied (dependencies, )?[\d-]+T[\d-]+ of /);
      expect(output).toContain(`left out ${oldest}: `);
      expect(output).toContain(reason);
      expect(output).toContain(`${oldest} could not be copied; all else is in ${target}`);
      directory = target;
      expect(await readable()).toEqual([2]);
      expect(await embedded('check')).toMatchObject({ code: 0 });
    },
  );

  it('copies spans without a graph that is damaged', async () => {
    await filledHours(1);
    {
      await using store = await openEmbeddedStore({ directory, clock: () => NOON });
      await store.dependencies?.read(NOON, NOON);
    }
    await spoil(join(directory, 'dependencies', 'data.mdb'), 0);
    const target = join(folder, 'copy');
    const { code, output } = await embedded('backup', '--target', target);
    expect(code).toBe(1);
    expect(output).toContain('left out dependencies: ');
    expect(await readdir(target)).not.toContain('dependencies');
    directory = target;
    expect(await readable()).toEqual([1]);
  });
});

/** So many buckets, of an hour with a large batch each. */
async function filledHours(count: number): Promise<string[]> {
  await using store = await openEmbeddedStore({ directory, clock: () => NOON });
  for (let hour = 0; hour < count; hour++) {
    const operation = 'x'.repeat(20_000);
    const spans = Array.from({ length: 100 }, () => ({ traceId: idOf(hour + 1), operation }));
    await store.writer.write(sampleBatch({ spans, arrivalTime: NOON + hour * 3_600_000_000 }));
  }
  return (await readdir(directory)).filter((name) => /^\d/.test(name)).sort();
}

async function spoil(path: string, position: number): Promise<void> {
  const file = await openFile(path, 'r+');
  await file.write(Buffer.alloc(512), 0, 512, position);
  await file.close();
}
