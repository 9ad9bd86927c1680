import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, withFileLock } from './file-lock.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

const LONG_AGO = new Date(Date.now() - 60_000);

test.each([
  ['a pid that another program was given since', process.ppid, LONG_AGO],
  ['our own pid, as it is given in containers', process.pid, new Date()],
])('what stands there with %s holds nobody up', async (_what, pid, beat) => {
  await writeFile(file, JSON.stringify({ pid, token: 'of a crash' }));
  await utimes(file, beat, beat);
  expect(await lockHolder(file)).toBeUndefined();
  expect(await withFileLock(file, {}, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('another program that lives is waited for, and named once', async () => {
  await writeFile(file, JSON.stringify({ pid: process.ppid, token: 'theirs', lesson: 3 }));
  const named: unknown[] = [];
  const options = {
    lookEveryMs: 1,
    onWaiting(holder: unknown) {
      named.push(holder);
      setTimeout(() => rm(file), 20);
    },
  };
  await withFileLock(file, { lesson: 2 }, async () => {}, options);
  expect(named).toEqual([{ pid: process.ppid, lesson: 3 }]);
});

test('a holder that takes long keeps saying that it lives', async () => {
  await withFileLock(
    file,
    {},
    async () => {
      await utimes(file, LONG_AGO, LONG_AGO);
      await expect.poll(() => lockHolder(file)).toEqual({ pid: process.pid });
    },
    { beatMs: 10 },
  );
});

test('one whose lock was taken over, as it slept, leaves the new one alone', async () => {
  const theirs = JSON.stringify({ pid: process.ppid, token: 'theirs' });
  await withFileLock(file, {}, () => writeFile(file, theirs));
  expect(await readFile(file, 'utf8')).toBe(theirs);
});
