import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { StorageError } from '@spoor/storage-api';
import { flushFolder, isDamage } from './bucket-list.ts';
import { firstSequenceOf } from './bucket-name.ts';
import { DATA_FILE, dataFileSize } from './data-file.ts';
import { ARCHIVE_FOLDER, BESIDE_BUCKETS } from './store-folders.ts';
import { MARKER, storeExists } from './store-marker.ts';
import { openRows, openWhole } from './tables.ts';

/** By the names of a store's folders. */
export interface BackUp {
  readonly copied: readonly string[];
  /** What is damaged, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/**
 * Copies the store in `directory` into `target`, a folder that is empty or not there, while another process may go on
 * writing to it. In the copy is at least what was acknowledged when this was called, but for folders that are damaged.
 * Throws `StorageError` if it cannot be copied at all.
 */
export async function backUpStore(directory: string, target: string): Promise<BackUp> {
  if (!storeExists(directory)) {
    throw new StorageError('unavailable', `[embedded] there is no store in ${directory}`);
  }
  const way = relative(directory, target);
  if (!isAbsolute(way) && !/^\.\.(?![^/\\])/.test(way)) {
    throw new StorageError('unavailable', `[embedded] ${target} is in the store itself`);
  }
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) {
    throw new StorageError('unavailable', `[embedded] ${target} is not empty`);
  }
  const copied: string[] = [];
  const leftOut = new Map<string, string>();
  const copy = async (name: string) => {
    try {
      if (await copyEnvironment(directory, target, name)) copied.push(name);
    } catch (error) {
      if (!isDamage(error)) throw error;
      leftOut.set(name, error.message);
    }
  };
  // What was counted before the spans: what is counted and not there would be wrong, the other way round it is counted yet.
  for (const name of BESIDE_BUCKETS) await copy(name);
  const names = (await readdir(directory)).filter((name) => firstSequenceOf(name) !== undefined);
  // The newest last, so that nothing is missing between two arrivals that are there.
  for (const name of names.sort()) await copy(name);
  // Last, because it makes the copy a store.
  await copyFile(join(directory, MARKER), join(target, MARKER));
  await flush(join(target, MARKER));
  flushFolder(target);
  return { copied, leftOut };
}

/** Whether it was there: a bucket may be dropped meanwhile. */
async function copyEnvironment(directory: string, target: string, name: string): Promise<boolean> {
  const from = join(directory, name);
  if (dataFileSize(from) === undefined) return false;
  const isWhole = name === ARCHIVE_FOLDER || firstSequenceOf(name) !== undefined;
  const to = join(target, name);
  try {
    const environment = isWhole ? openWhole(from, true) : openRows(from, true);
    try {
      await mkdir(to);
      await environment.backup(to, false);
      await flush(join(to, DATA_FILE));
      flushFolder(to);
      return true;
    } finally {
      await environment.close();
    }
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    if (!existsSync(from)) return false;
    if (isDamage(error)) throw error;
    const text = `[embedded] cannot copy ${name}: ${(error as Error).message}`;
    throw new StorageError('unavailable', text, { cause: error });
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
