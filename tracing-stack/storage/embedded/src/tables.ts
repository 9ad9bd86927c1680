import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '@spoor/storage-api';
import { type Database, open, type RootDatabase } from 'lmdb';

type Table = Database<Buffer, Buffer>;

/** One LMDB environment and the tables in it. Keys and values are bytes whose layout stands where they are written. */
export interface Tables {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** sequence → record (record-codec.ts) */
  readonly records: Table;
  /** trace id (16), sequence → nothing */
  readonly traces: Table;
  /** service id, newest start, first record → service row (service-row.ts) */
  readonly serviceRows: Table;
  /** digest of the name → service id (4, big-endian), name */
  readonly services: Table;
  /** service id, digest of kind and name → kind, zero byte, name */
  readonly operations: Table;
}

/**
 * How every environment of the store commits. Without `overlappingSync` a commit ends with LMDB's own two flushes, pages first
 * and then the page that makes them visible, so that what a reader sees is what survives a crash, and a failed flush is a
 * failed commit. Without `eventTurnBatching` nobody but who waits for a commit hears that it failed: lmdb may otherwise keep a
 * promise of its own for the turn, and when that is rejected the process ends.
 */
export const COMMITS = { overlappingSync: false, eventTurnBatching: false } as const;

/** Rows as JSON, which people may want to look at. */
export type RowKey = (string | number)[];
export type Rows = RootDatabase<unknown, RowKey>;

/** Opens an environment with such rows in the folder `path`, which must exist. */
export function openRows(path: string, readOnly: boolean): Rows {
  const options = { path, readOnly, noSubdir: false, ...COMMITS } as const;
  return open<unknown, RowKey>({ ...options, encoding: 'json' });
}

const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;

/**
 * Opens the environment in the folder `path`, which must exist. With `readOnly` the result is `undefined` while the
 * writer has not made the tables yet. Throws `StorageError` code `corrupt` for a file that was cut off.
 */
export function openTables(path: string, readOnly: boolean): Tables | undefined {
  if (statSync(join(path, DATA_FILE), { throwIfNoEntry: false })?.size === 0) {
    // LMDB would begin anew in it, and nobody would hear that something is lost.
    throw cutOff(path, 0);
  }
  const root = open<Buffer, Buffer>({
    path,
    readOnly,
    noSubdir: false,
    ...COMMITS,
    maxDbs: 8,
    ...BYTES,
  });
  try {
    refuseCutOff(root, path);
  } catch (error) {
    void root.close();
    throw error;
  }
  const table = (name: string) => root.openDB<Buffer, Buffer>({ name, ...BYTES });
  const tables = {
    root,
    records: table('records'),
    traces: table('traces'),
    serviceRows: table('service-rows'),
    services: table('services'),
    operations: table('operations'),
  };
  // A read-only environment answers `undefined` for a table that is not there, whatever its types say.
  if (Object.values<unknown>(tables).every((opened) => opened !== undefined)) return tables;
  void root.close();
  return undefined;
}

/** LMDB need not write the last pages of a file if they are free. Where nothing is ever deleted these are few, if any. */
const FREE_PAGES = 16;

/**
 * LMDB maps its file without a look at its length, and the system ends whoever reads what is not there. Throws
 * `StorageError` code `corrupt` for a file that is shorter than it says it is, of an environment in which nothing is
 * deleted.
 */
export function refuseCutOff(environment: RootDatabase<Buffer, Buffer>, path: string): void {
  const { lastPageNumber, pageSize } = environment.getStats() as EnvironmentStats;
  const { size } = statSync(join(path, DATA_FILE));
  if (size >= (lastPageNumber + 1 - FREE_PAGES) * pageSize) return;
  throw cutOff(path, size, (lastPageNumber + 1) * pageSize);
}

interface EnvironmentStats {
  readonly lastPageNumber: number;
  readonly pageSize: number;
}

/** The file with the pages of an environment, in its folder. */
export const DATA_FILE = 'data.mdb';

export function cutOff(path: string, size: number, expected?: number): StorageError {
  const left =
    expected === undefined ? `it has ${size} bytes` : `of ${expected} bytes it has ${size}`;
  const text = `${join(path, DATA_FILE)} was cut off: ${left}`;
  return new StorageError('corrupt', `[embedded] ${text}`);
}
