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
      const found = await lookAt<Facts>(file);
      if (found === 'free') continue;
      if ('dead' in found) {
        await oneAtATime(() => removeDead(file, found, token));
        continue;
      }
      const { holder } = found;
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
      const found = await lookAt(file);
      if (found !== 'free' && 'holder' in found && found.token === token)
        await rm(file, { force: true });
    }
  } finally {
    // After the file is gone: a file that names a token of ours that is not held is dead.
    held.delete(token);
  }
}

/** Who holds a lock now; `undefined` if nobody does that is alive. */
export async function lockHolder<Facts extends object>(
  file: string,
): Promise<LockHolder<Facts> | undefined> {
  const found = await lookAt<Facts>(file);
  return found !== 'free' && 'holder' in found ? found.holder : undefined;
}

interface LiveLock<Facts> {
  readonly holder: LockHolder<Facts>;
  readonly token: unknown;
}

/** `dead` is the token in it, if there is one. */
interface DeadLock {
  readonly dead: unknown;
}

/**
 * Whether a lock is there, and its holder alive. A file appears with all that it says, so one that cannot be read is
 * nobody's.
 */
async function lookAt<Facts extends object>(
  file: string,
): Promise<'free' | DeadLock | LiveLock<Facts>> {
  try {
    const { mtimeMs } = await stat(file);
    const { token, ...said }: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
    const { pid } = said;
    if (typeof pid !== 'number') return { dead: token };
    const isSilent = Date.now() - mtimeMs > SILENT_MS;
    const lives = pid === process.pid ? held.has(String(token)) : !isSilent && isAlive(pid);
    return lives ? { holder: said as LockHolder<Facts>, token } : { dead: token };
  } catch (error) {
    if (error instanceof SyntaxError) return { dead: undefined };
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'free';
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

let removing: Promise<unknown> = Promise.resolve();

/** In this process; of others there may be one that removes the same. */
function oneAtATime(remove: () => Promise<void>): Promise<void> {
  const removed = removing.then(remove);
  removing = removed.catch(() => {});
  return removed;
}

/**
 * Removes what a dead holder left. One that was let go of while we looked seems to be dead, too; the next one is in its
 * place by now, and that is not to be touched. If it comes in between all the same, it is put back.
 */
async function removeDead(file: string, { dead }: DeadLock, token: string): Promise<void> {
  const found = await lookAt(file);
  if (found === 'free' || !('dead' in found) || found.dead !== dead) return;
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
