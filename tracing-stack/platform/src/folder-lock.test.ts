import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderHeldError, takeFolderLock } from './folder-lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-lock-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('a folder is of one, also within a process, and free again after it', async () => {
  const lock = takeFolderLock(directory);
  expect(() => takeFolderLock(directory)).toThrow(
    `${directory} is in use by pid ${process.pid}: stop it, or give another directory`,
  );
  lock.release();
  expect(await readdir(directory)).toEqual([]);
  takeFolderLock(directory).release();
});

test.each([
  ['a process that is gone', `4194304 ${hostname()}`],
  ['one that had the id of a process that is there', `${process.ppid} ${hostname()}`],
  ['one that wrote nothing', ''],
])('the file of %s holds nobody up', async (_, content) => {
  await writeFile(join(directory, 'writer.lock'), content);
  takeFolderLock(directory).release();
});

test('who releases a file that is not there any more removes nobody else’s', async () => {
  const removed = takeFolderLock(directory);
  await rm(join(directory, 'writer.lock'));
  const lock = takeFolderLock(directory);
  removed.release();
  expect(() => takeFolderLock(directory)).toThrow(FolderHeldError);
  lock.release();
});

/** Takes the lock, tells how that went, and stays. */
const HOLDER = `
import { takeFolderLock } from ${JSON.stringify(new URL('folder-lock.ts', import.meta.url).href)};
try {
  takeFolderLock(process.argv[1]);
  console.log('taken');
} catch (error) {
  console.log(error.message);
}
setInterval(() => undefined, 60_000);`;

/** Process ids of its own, as a container has them; and a host name. */
const APART = ['unshare', '-r', '-p', '-f', '-u', '--kill-child', '--mount-proc'] as const;
const [unshare, ...apart] = APART;
const { status, error, stderr } = spawnSync(unshare, [...apart, 'true'], { encoding: 'utf8' });
const missing = status === 0 ? undefined : (error?.message ?? stderr.trim());
if (missing) console.log(`skipped: the lock between pid namespaces (${missing})`);

describe.skipIf(missing !== undefined && !process.env['CI'])('between containers', () => {
  const started: ChildProcess[] = [];
  afterEach(() => Promise.all(started.splice(0).map(kill)));

  /** What somebody hears who tries for the lock where this process's id says nothing. */
  async function tryApart(): Promise<{ child: ChildProcess; heard: string }> {
    const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', HOLDER];
    const shell = 'hostname elsewhere && exec "$@"';
    const child = spawn(unshare, [...apart, 'sh', '-c', shell, 'sh', ...node, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    const [chunk] = await once(child.stdout, 'data');
    return { child, heard: String(chunk).trim() };
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }

  test('the lock holds, and goes with its holder’s death', async () => {
    const { child, heard } = await tryApart();
    expect(heard).toBe('taken');
    expect(() => takeFolderLock(directory)).toThrow(/is in use by pid \d+ on elsewhere: /);
    expect((await tryApart()).heard).toMatch(/is in use by pid \d+: /);
    await kill(child);
    const lock = takeFolderLock(directory);
    expect((await tryApart()).heard).toContain(`is in use by pid ${process.pid} on ${hostname()}:`);
    lock.release();
  });
});
