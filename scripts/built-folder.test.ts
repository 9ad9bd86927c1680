import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearBuilt } from './built-folder.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILT = { type: 'commonjs', names: ['program', 'ui'] } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-built-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder is made, and what was built in it before makes way; what else is there stays', async () => {
  const target = join(folder, 'usr/local/jaeger');
  await clearBuilt(target, BUILT);
  const manifest = await readFile(join(target, 'package.json'), 'utf8');
  await mkdir(join(target, 'ui'));
  await mkdir(join(target, '.spoor/agent-queue'), { recursive: true });
  await writeFile(join(target, 'program'), '');
  await clearBuilt(target, BUILT);
  expect((await readdir(target)).sort()).toEqual(['.spoor', 'package.json']);
  expect(await readFile(join(target, 'package.json'), 'utf8')).toBe(manifest);
});

test.each(['build-bin', 'build-demo'])(
  '%s leaves a folder alone that it did not fill',
  async (script) => {
    const mine = { 'notes.txt': 'mine', 'package.json': '{ "private": true }\n' };
    for (const [name, text] of Object.entries(mine)) await writeFile(join(folder, name), text);
    const line = `[build] ${folder} is not empty, and was not built here: name an empty folder, or a new one\n`;
    const build = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', `scripts/${script}.ts`, folder],
      { cwd: ROOT },
    );
    await expect(build).rejects.toMatchObject({ code: 1, stdout: '', stderr: line });
    expect((await readdir(folder)).sort()).toEqual(Object.keys(mine));
    for (const [name, text] of Object.entries(mine))
      expect(await readFile(join(folder, name), 'utf8')).toBe(text);
  },
);
