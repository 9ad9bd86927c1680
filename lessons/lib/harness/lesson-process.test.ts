import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProcess } from './lesson-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Long enough for a test to fail by its own time limit. */
const SLEEP = `[process.execPath, ['-e', 'setTimeout(() => {}, 600_000)']]`;

async function program(name: string, detached: boolean) {
  const file = join(folder, `${name}.mts`);
  await writeFile(
    file,
    `import { spawn } from 'node:child_process';
     const [command, args] = ${SLEEP};
     const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: ${detached} });
     child.unref();
     console.log('child ' + child.pid);`,
  );
  const lines: string[] = [];
  const process = startProcess({ file, env: {}, onLine: (line) => lines.push(line) });
  const ending = await process.ended;
  const pid = Number(lines.find((line) => line.startsWith('child '))?.slice('child '.length));
  return { ending, pid };
}

/** One that is dead and that nobody has asked about yet is not there. */
function isThere(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout.trim());
}

test('what a program started and left behind ends with it', async () => {
  const { ending, pid } = await program('leaves-a-child', false);
  expect(ending).toMatchObject({ code: 0, signal: null });
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isThere(pid)).toBe(false);
}, 60_000);

test('a child with a group of its own that holds the output open does not hold up the end', async () => {
  const { ending, pid } = await program('leaves-a-leader', true);
  expect(ending).toMatchObject({ code: 0, signal: null });
  process.kill(pid, 'SIGKILL');
}, 60_000);
