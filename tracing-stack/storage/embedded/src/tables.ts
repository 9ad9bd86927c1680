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

const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;

/**
 * Opens the environment in the folder `path`, which must exist. With `readOnly` the result is `undefined` while the
 * writer has not made the tables yet.
 *
 * `overlappingSync` is off: a commit then ends with LMDB's own two flushes, pages first and then the page that makes
 * them visible, so that what a reader sees is what survives a crash, and a failed flush is a failed commit.
 */
export function openTables(path: string, readOnly: boolean): Tables | undefined {
  const root = open<Buffer, Buffer>({
    path,
    readOnly,
    noSubdir: false,
    overlappingSync: false,
    maxDbs: 8,
    ...BYTES,
  });
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
