import { type Database as LmdbDatabase, open, type RootDatabase } from 'lmdb';
import { refuseCutOff, refuseEmpty, refuseForeign, refuseMissing } from './data-file.ts';
import { type Root, Table } from './table.ts';

/** One LMDB environment and the tables in it. Keys and values are bytes whose layout stands where they are written. */
export interface Tables {
  readonly root: Root;
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

/** Opens an environment with such rows in the folder `path`, which must exist. Throws `StorageError` code `corrupt`. */
export function openRows(path: string, readOnly: boolean): Rows {
  if (readOnly) {
    refuseMissing(path);
    refuseEmpty(path);
  }
  refuseForeign(path);
  const options = { path, readOnly, noSubdir: false, ...COMMITS } as const;
  return open<unknown, RowKey>({ ...options, encoding: 'json' });
}

const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;

/**
 * Opens an environment in which nothing is ever deleted, in the folder `path`, which must exist. Throws `StorageError` code
 * `corrupt` for a file that was cut off or is none of LMDB's.
 */
export function openWhole(path: string, readOnly: boolean): Root {
  if (readOnly) refuseMissing(path);
  // LMDB would begin anew in it, and nobody would hear that something is lost.
  refuseEmpty(path);
  refuseForeign(path);
  const root = open<Buffer, Buffer>({
    path,
    readOnly,
    noSubdir: false,
    ...COMMITS,
    maxDbs: 8,
    ...BYTES,
  });
  try {
    refuseCutOff(path, root.getStats() as { lastPageNumber: number; pageSize: number });
    return root;
  } catch (error) {
    void root.close();
    throw error;
  }
}

/** Opens the tables in the folder `path`, as `openWhole` does. `undefined` with `readOnly` while the writer has not made them yet. */
export function openTables(path: string, readOnly: boolean): Tables | undefined {
  const root = openWhole(path, readOnly);
  const table = (name: string) => {
    // A read-only environment answers `undefined` for a table that is not there, whatever its types say.
    const opened: LmdbDatabase<Buffer, Buffer> | undefined = root.openDB<Buffer, Buffer>({
      name,
      ...BYTES,
    });
    return opened && new Table(path, root, opened);
  };
  const records = table('records');
  const traces = table('traces');
  const serviceRows = table('service-rows');
  const services = table('services');
  const operations = table('operations');
  if (records && traces && serviceRows && services && operations) {
    return { root, records, traces, serviceRows, services, operations };
  }
  void root.close();
  return undefined;
}
