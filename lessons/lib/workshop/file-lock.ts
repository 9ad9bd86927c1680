import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Who holds a lock, and what they say of it. */
export type LockHolder<Facts> = Facts & { readonly pid: number };

export interface FileLockOptions<Facts> {
  /** Breaks off the wait; rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Hears once of each holder that is waited for. */
  readonly onWaiting?: ((holder: LockHolder<Facts>) => void) | undefined;
  /** How often a lock that another one holds is looked at. */
  readonly lookEveryMs?: number;
  /** How often a holder says that it lives. */
  readonly beatMs?: number;
}

const LOOK_EVERY_MS = 100;
const BEAT_MS = 2000;
/**
 * A pid alone does not tell whose a lock is: after a crash it is given to another program, and in a container often to
 * ours. So a holder touches its file all the time, and one that was silent for so long has gone.
 */
const SILENT_MS = 10_000;

/** Locks that this process holds, by their tokens. */
const held = new Set<string>();

/**
 * Runs `act` while no other process, and nobody else in this one, holds the lock `file`. Waits for who does; what a
 * holder left that died is passed by. `facts` stand in the file for others to read.
 */
export async function withFileLock<Result, Facts extends object>(
  file: string,
  facts: Facts,
  act: () => Promise<Result>,
  options: FileLockOptions<Facts> = {},
): Promise<Result> {
  const { signal, lookEveryMs = LOOK_EVERY_MS, beatMs = BEAT_MS } = options;
  const token = randomUUID();
  const mine = JSON.stringify({ ...facts, pid: process.pid, token });
  await mkdir(dirname(file), { recursive: true });
  held.add(token);
  try {
    const told = new Set<number>();
    while (!(await created(file, mine, token))) {
      signal?.throwIfAborted();
      const holder = await lockHolder<Facts>(file);
      if (holder === undefined) {
        // A lock that is gone was let go of, and another one may take its place at any moment: that is not to be touched.
        if (await isDead(file)) await removeDead(file, token);
        continue;
      }
      if (!told.has(holder.pid)) options.onWaiting?.(holder);
      told.add(holder.pid);
      await delay(lookEveryMs, undefined, { signal });
    }
    const beat = setInterval(() => {
      const now = new Date();
      // Gone if somebody removed it by hand; then there is nothing to keep alive.
      utimes(file, now, now).catch(() => {});
    }, beatMs);
    beat.unref();
    try {
      return await act();
    } finally {
      clearInterval(beat);
      if ((await contentOf(file))?.token === token) await rm(file, { force: true });
    }
  } finally {
    held.delete(token);
  }
}

/** Who holds a lock now; `undefined` if nobody does that is alive. */
export async function lockHolder<Facts extends object>(
  file: string,
): Promise<LockHolder<Facts> | undefined> {
  const content = await contentOf(file);
  if (content === undefined) return undefined;
  const { pid, token, beatAt, ...facts } = content;
  if (typeof pid !== 'number' || Date.now() - beatAt > SILENT_MS) return undefined;
  const lives = pid === process.pid ? held.has(String(token)) : isAlive(pid);
  return lives ? ({ ...facts, pid } as LockHolder<Facts>) : undefined;
}

/** Whether a lock is there whose holder is not. */
async function isDead(file: string): Promise<boolean> {
  try {
    const [{ mtimeMs }, text] = [await stat(file), await readFile(file, 'utf8')];
    if (Date.now() - mtimeMs > SILENT_MS) return true;
    const { pid, token } = JSON.parse(text) as { pid?: unknown; token?: unknown };
    if (typeof pid !== 'number') return true;
    return pid === process.pid ? !held.has(String(token)) : !isAlive(pid);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** What stands in a lock; a file appears with all that it says, so one that cannot be read is nobody's. */
async function contentOf(
  file: string,
): Promise<{ pid?: unknown; token?: unknown; beatAt: number } | undefined> {
  try {
    const { mtimeMs } = await stat(file);
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return { ...(content as object), beatAt: mtimeMs };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True if there was none. The file appears with all that it says: whoever sees it can tell whose it is. */
async function created(file: string, text: string, token: string): Promise<boolean> {
  const mine = `${file}.${token}.tmp`;
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

/** Removes what a dead holder left; if another one, alive, took its place just now, that is put back. */
async function removeDead(file: string, token: string): Promise<void> {
  const aside = `${file}.${token}.dead`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (await lockHolder(aside)) await link(aside, file).catch(() => {});
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
