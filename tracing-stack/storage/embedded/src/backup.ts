import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '@spoor/storage-api';
import { open as openEnvironment } from 'lmdb';
import { flushFolder } from './bucket-list.ts';
import { firstSequenceOf } from './bucket-name.ts';
import { ARCHIVE_FOLDER, BESIDE_BUCKETS } from './store-folders.ts';
import { MARKER, storeExists } from './store-marker.ts';
import { refuseCutOff } from './tables.ts';

/**
 * Copies the store in `directory` into `target`, a folder that is empty or not there, while another process may go on
 * writing to it. In the copy is at least what was acknowledged when this was called. Gives the folders that were copied.
 * Throws `StorageError`.
 */
export async function backUpStore(directory: string, target: string): Promise<string[]> {
  if (!storeExists(directory)) {
    throw new StorageError('unavailable', `[embedded] there is no store in ${directory}`);
  }
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) {
    throw new StorageError('unavailable', `[embedded] ${target} is not empty`);
  }
  const copied: string[] = [];
  // What was counted before the spans: what is counted and not there would be wrong, the other way round it is counted yet.
  for (const name of BESIDE_BUCKETS) {
    if (await copyEnvironment(directory, target, name)) copied.push(name);
  }
  const names = (await readdir(directory)).filter((name) => firstSequenceOf(name) !== undefined);
  // The newest last, so that nothing is missing between two arrivals that are there.
  for (const name of names.sort()) {
    if (await copyEnvironment(directory, target, name)) copied.push(name);
  }
  // Last, because it makes the copy a store.
  await copyFile(join(directory, MARKER), join(target, MARKER));
  await flush(join(target, MARKER));
  flushFolder(target);
  return copied;
}

/** Whether it was there: a bucket may be dropped meanwhile. */
async function copyEnvironment(directory: string, target: string, name: string): Promise<boolean> {
  const from = join(directory, name);
  if (!existsSync(join(from, 'data.mdb'))) return false;
  const to = join(target, name);
  await mkdir(to);
  const environment = openEnvironment<Buffer, Buffer>({
    path: from,
    readOnly: true,
    noSubdir: false,
  });
  try {
    // In the others rows are deleted, too, so that a file may well be shorter.
    if (name === ARCHIVE_FOLDER || firstSequenceOf(name) !== undefined) {
      refuseCutOff(environment, from);
    }
    await environment.backup(to, false);
    await flush(join(to, 'data.mdb'));
    flushFolder(to);
    return true;
  } catch (error) {
    await rm(to, { recursive: true });
    if (!existsSync(from)) return false;
    const text = `[embedded] cannot copy ${name}: ${(error as Error).message}`;
    throw new StorageError('unavailable', text, { cause: error });
  } finally {
    await environment.close();
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
