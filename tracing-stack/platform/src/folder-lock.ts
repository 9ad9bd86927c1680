import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Held by the one process that may write to a folder. */
export interface FolderLock {
  release(): void;
}

/** Somebody else has the folder. */
export class FolderHeldError extends Error {
  readonly code = 'folder-held';
  /** `pid 4242`, or in general. */
  readonly holder: string;

  constructor(directory: string, holder: string) {
    super(`${directory} is in use by ${holder}: stop it, or give another directory`);
    this.name = 'FolderHeldError';
    this.holder = holder;
  }
}

const LOCK = 'writer.lock';
const TAKEOVER = 'writer.lock.takeover';

/**
 * Takes the lock, also from a process that is gone. Throws `FolderHeldError`. The file holds the process's id and, where
 * the system tells, when it started: ids come again.
 */
export function takeFolderLock(directory: string): FolderLock {
  const path = join(directory, LOCK);
  const self = describeProcess(process.pid) ?? String(process.pid);
  if (!create(path, self)) {
    refuseIfHeld(directory, path);
    takeOver(directory, path, self);
  }
  return {
    release() {
      if (read(path) === self) rmSync(path, { force: true });
    },
  };
}

/** Only one process at a time may judge a lock stale and replace it, else two could replace each other's. */
function takeOver(directory: string, path: string, self: string): void {
  const takeover = join(directory, TAKEOVER);
  if (!create(takeover, self)) {
    refuseIfHeld(directory, takeover);
    rmSync(takeover, { force: true });
    if (!create(takeover, self)) throw new FolderHeldError(directory, 'another process');
  }
  try {
    refuseIfHeld(directory, path);
    rmSync(path, { force: true });
    if (!create(path, self)) throw new FolderHeldError(directory, 'another process');
  } finally {
    rmSync(takeover, { force: true });
  }
}

function refuseIfHeld(directory: string, path: string): void {
  const holder = read(path);
  if (holder === undefined) return;
  const pid = Number(holder.split(' ')[0]);
  if (Number.isInteger(pid) && describeProcess(pid) === holder) {
    throw new FolderHeldError(directory, `pid ${pid}`);
  }
}

/** By way of a link, so that nobody ever sees the file without its content. */
function create(path: string, content: string): boolean {
  const prepared = `${path}.${process.pid}`;
  writeFileSync(prepared, content);
  try {
    linkSync(prepared, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(prepared, { force: true });
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `pid` and, on Linux, its start in clock ticks since boot; `undefined` if there is no such process. */
function describeProcess(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const stat = process.platform === 'linux' ? read(`/proc/${pid}/stat`) : undefined;
  if (stat === undefined) return String(pid);
  // proc(5): the second field, the command's name, may itself hold spaces and brackets; the third is the state, and a
  // zombie holds nothing any more; the 22nd is the start.
  const [state, ...further] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : `${pid} ${further[18]}`;
}
