import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '@spoor/storage-api';

/*
 * What is looked at in the file of an environment before LMDB maps it, because LMDB trusts what it finds: over a file that
 * is none of its own, lmdb ends the process where it should throw (seen with 3.5.6), and so does the system when a part of the
 * map is not in the file.
 */

/** The file with the pages of an environment, in its folder. */
export const DATA_FILE = 'data.mdb';

/** Bytes of the file in the folder `path`; `undefined` if there is none. */
export function dataFileSize(path: string): number | undefined {
  return statSync(join(path, DATA_FILE), { throwIfNoEntry: false })?.size;
}

/** Throws `StorageError` code `unavailable` where there is no file: lmdb makes the folder anew, although it only is to read. */
export function refuseMissing(path: string): void {
  if (dataFileSize(path) !== undefined) return;
  throw new StorageError('unavailable', `[embedded] there is no ${join(path, DATA_FILE)}`);
}

/** Throws `StorageError` code `corrupt` for a file of no length. */
export function refuseEmpty(path: string): void {
  if (dataFileSize(path) === 0) throw cutOff(path, 0);
}

/*
 * The first page, and alike the second, on machines of 64 bits, little-endian:
 *
 *   0    number of the page (8), transaction (8), two bytes, flags (2), sizes (4)
 *   24   magic (4), version (4), address of the map (8), its size (8)
 *   48   bytes of a page (4)
 */
const MAGIC_AT = 24;
const PAGE_SIZE_AT = 48;
const MAGIC = 0xbeefc0de;
const HEAD_BYTES = 52;

/** Throws `StorageError` code `corrupt` for a file that does not begin as LMDB's do. One of no length does not begin yet. */
export function refuseForeign(path: string): void {
  if (!process.arch.endsWith('64') || !dataFileSize(path)) return;
  const file = openSync(join(path, DATA_FILE), 'r');
  try {
    const pageSize = firstPage(file, 0)?.readUInt32LE(PAGE_SIZE_AT);
    if (pageSize !== undefined && firstPage(file, pageSize) !== undefined) return;
  } finally {
    closeSync(file);
  }
  const text = `${join(path, DATA_FILE)} does not begin as a file of LMDB does`;
  throw new StorageError('corrupt', `[embedded] ${text}`);
}

/** The head of such a page; `undefined` if there is something else. */
function firstPage(file: number, position: number): Buffer | undefined {
  const head = Buffer.alloc(HEAD_BYTES);
  const read = readSync(file, head, 0, HEAD_BYTES, position);
  return read === HEAD_BYTES && head.readUInt32LE(MAGIC_AT) === MAGIC ? head : undefined;
}

/** LMDB need not write the last pages of a file if they are free. Where nothing is ever deleted these are few, if any. */
const FREE_PAGES = 16;

/** Throws `StorageError` code `corrupt` for a file that is shorter than LMDB says, of an environment in which nothing is deleted. */
export function refuseCutOff(
  path: string,
  { lastPageNumber, pageSize }: { readonly lastPageNumber: number; readonly pageSize: number },
): void {
  const size = dataFileSize(path) ?? 0;
  if (size >= (lastPageNumber + 1 - FREE_PAGES) * pageSize) return;
  throw cutOff(path, size, (lastPageNumber + 1) * pageSize);
}

export function cutOff(path: string, size: number, expected?: number): StorageError {
  const left =
    expected === undefined ? `it has ${size} bytes` : `of ${expected} bytes it has ${size}`;
  const text = `${join(path, DATA_FILE)} was cut off: ${left}`;
  return new StorageError('corrupt', `[embedded] ${text}`);
}
