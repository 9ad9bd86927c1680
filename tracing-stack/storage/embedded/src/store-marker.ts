import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { flushFolder } from './bucket-list.ts';

/** The file that makes a folder a store. */
export const MARKER = 'store.json';

/** Of everything below the data directory: folders, tables, keys and rows. */
const LAYOUT = 1;

/**
 * Makes the data directory a store, or checks that it is one of a layout that is known here. Throws `StorageError`:
 * `unavailable` where it cannot be made, `corrupt` for another layout.
 */
export function markStore(directory: string): void {
  prepareFolder(directory);
  if (storeExists(directory)) return;
  const path = join(directory, MARKER);
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify({ layout: LAYOUT })}\n`, { flush: true });
    renameSync(`${path}.new`, path);
    flushFolder(directory);
  } catch (cause) {
    throw cannotKeep(directory, (cause as Error).message, cause);
  }
}

function prepareFolder(directory: string): void {
  try {
    makeFolder(directory);
    accessSync(directory, constants.W_OK);
  } catch (cause) {
    throw cannotKeep(directory, whyNotWritable(directory, cause), cause);
  }
}

function cannotKeep(directory: string, why: string, cause: unknown): StorageError {
  const text = `[embedded] cannot keep spans in ${directory}: ${why}`;
  const advice = 'give another folder with --embedded.directory';
  return new StorageError('unavailable', `${text}; ${advice}`, { cause });
}

/** The nearest folder that is there knows best what hinders it. */
function whyNotWritable(directory: string, cause: unknown): string {
  let folder = resolve(directory);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    return (error as Error).message;
  }
  return (cause as Error).message;
}

/** Whether a writer has made the store. Throws `StorageError` code `corrupt` for one of another layout. */
export function storeExists(directory: string): boolean {
  const path = join(directory, MARKER);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  if (layoutIn(text) === LAYOUT) return true;
  const message = `[embedded] ${directory} was written in a layout that is not known here: ${text.trim()}`;
  throw new StorageError('corrupt', message);
}

function layoutIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { layout?: unknown } | null)?.layout;
  } catch {
    return undefined;
  }
}
