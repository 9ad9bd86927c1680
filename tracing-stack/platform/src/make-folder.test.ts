import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-folder-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('it is there afterwards, with those above it, and stays if it was', async () => {
  const path = join(directory, 'a', 'b');
  makeFolder(path);
  makeFolder(path);
  expect((await stat(path)).isDirectory()).toBe(true);
});

test('a file in the way is an error', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  expect(() => makeFolder(file)).toThrow('EEXIST');
  expect(() => makeFolder(join(file, 'a'))).toThrow(/EEXIST|ENOTDIR/);
});

// In a process of its own, which could be ended if it went round and round.
test.skipIf(process.platform !== 'linux')('so is a folder in which none can be made', () => {
  const module = JSON.stringify(new URL('make-folder.ts', import.meta.url).href);
  const program = `
    import { makeFolder } from ${module};
    try { makeFolder('/proc/nope/data'); } catch (error) { console.log(error.code, error.path); }`;
  const node = ['--import', 'tsx', '--input-type=module', '-e', program];
  const printed = execFileSync(process.execPath, node, { encoding: 'utf8', timeout: 20_000 });
  expect(printed).toBe('ENOENT /proc/nope\n');
});
