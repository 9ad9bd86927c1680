import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The name, without its ending, of the file that stands among the verdicts while a judge is at work. */
export const JUDGING = 'judging';

/** Who judges now, and what. */
export interface Judging {
  readonly pid: number;
  readonly lesson: number;
}

const LOOK_EVERY_MS = 100;

/**
 * Runs `judge` while no other process judges the same learner's programs: a lessons page and a terminal would else
 * start them twice, and each would find its ports held. Waits for the other; one that died without a word is passed by.
 */
export async function judgingAlone<Result>(
  folder: string,
  lesson: { readonly number: number },
  judge: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  const file = fileIn(folder);
  const mine = JSON.stringify({ pid: process.pid, lesson: lesson.number } satisfies Judging);
  while (!(await created(file, mine))) {
    signal?.throwIfAborted();
    if ((await judgingNow(folder)) === undefined) await removeDead(file);
    else await delay(LOOK_EVERY_MS, undefined, { signal });
  }
  try {
    return await judge();
  } finally {
    await rm(file, { force: true });
  }
}

/** `undefined` if nobody does. */
export function judgingNow(folder: string): Promise<Judging | undefined> {
  return aliveIn(fileIn(folder));
}

async function aliveIn(file: string): Promise<Judging | undefined> {
  try {
    const { pid, lesson } = JSON.parse(await readFile(file, 'utf8'));
    return typeof pid === 'number' && isAlive(pid) ? { pid, lesson } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

function fileIn(folder: string): string {
  return join(folder, `${JUDGING}.json`);
}

let count = 0;

/** True if there was none. The file appears with all that it says: whoever sees it can tell whose it is. */
async function created(file: string, text: string): Promise<boolean> {
  const mine = `${file}.${process.pid}.${++count}.tmp`;
  await writeFile(mine, text);
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

/** Removes what a dead judge left; if another one, alive, took its place just now, that is put back. */
async function removeDead(file: string): Promise<void> {
  const aside = `${file}.${process.pid}.${++count}.dead`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (await aliveIn(aside)) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
