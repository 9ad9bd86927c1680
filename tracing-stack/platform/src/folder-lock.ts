import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import native from 'fs-native-extensions';

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

/**
 * Takes the lock, or throws `FolderHeldError`. The system holds it for the open file, and drops it with the process,
 * however that ends. So it counts between containers that share a volume as well, where a process id says nothing. What is
 * in the file is only for people.
 */
export function takeFolderLock(directory: string): FolderLock {
  const path = join(directory, LOCK);
  for (;;) {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    try {
      if (!isLocked(file, path)) throw new FolderHeldError(directory, holderOf(path));
      if (isAt(path, file)) {
        noteHolder(file);
        return { release: () => release(file, path) };
      }
    } catch (error) {
      closeSync(file);
      throw error;
    }
    // Whoever had it removed the file between our opening and our locking it.
    closeSync(file);
  }
}

/** Only for people: the lock is held on a full disk, too, and then whoever is refused is not told by whom. */
function noteHolder(file: number): void {
  ftruncateSync(file);
  try {
    writeSync(file, `${process.pid} ${hostname()}`);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function isLocked(file: number, path: string): boolean {
  try {
    return native.tryLock(file);
  } catch (cause) {
    // The system's reason, such as a file system that has no locks, goes on with its code: whoever started us can do something.
    const { message, code } = cause as NodeJS.ErrnoException;
    const error = new Error(`${path} cannot be locked: ${message}`, { cause });
    throw code === undefined ? error : Object.assign(error, { code });
  }
}

/** Removes the file before the lock goes, so that nobody's is removed but ours. */
function release(file: number, path: string): void {
  if (isAt(path, file)) rmSync(path, { force: true });
  closeSync(file);
}

function isAt(path: string, file: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const { dev, ino } = fstatSync(file);
  return there?.ino === ino && there.dev === dev;
}

function holderOf(path: string): string {
  const [pid, host] = contentOf(path).split(' ');
  // Its holder may be about to write it, or about to remove it.
  if (!pid || !host) return 'another process';
  return host === hostname() ? `pid ${pid}` : `pid ${pid} on ${host}`;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // On Windows nobody else may read what is locked.
    if (['ENOENT', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
