import { StorageError } from '@spoor/storage-api';
import type { Database, PutOptions, RangeOptions, RootDatabase } from 'lmdb';

/** An environment of LMDB whose keys and values are bytes. */
export type Root = RootDatabase<Buffer, Buffer>;

interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** LMDB met a page of its file that is none of its own, or goes no further in a transaction in which it did. */
export class DamagedPageError extends StorageError {
  /** Where it is. */
  readonly root: Root;

  constructor(path: string, root: Root, cause: Error) {
    super('corrupt', `[embedded] ${path} has a damaged page`, { cause });
    this.name = 'DamagedPageError';
    this.root = root;
  }
}

/**
 * One table of an environment in the folder `path`. Reading throws `DamagedPageError`, and gives cursors back also then: lmdb keeps
 * the one that met the page, and with it the transaction, which refuses every call after that for as long as the bucket is open.
 */
export class Table {
  private readonly path: string;
  private readonly root: Root;
  /** To change it otherwise than here. */
  readonly database: Database<Buffer, Buffer>;

  constructor(path: string, root: Root, database: Database<Buffer, Buffer>) {
    this.path = path;
    this.root = root;
    this.database = database;
  }

  get(key: Buffer): Buffer | undefined {
    try {
      return this.database.get(key);
    } catch (error) {
      throw this.told(error);
    }
  }

  getKeys(options?: RangeOptions): Iterable<Buffer> {
    return this.each(this.database.getKeys(options));
  }

  getRange(options?: RangeOptions): Iterable<Entry> {
    return this.each(this.database.getRange(options));
  }

  getStats(): object {
    return this.database.getStats();
  }

  /** Within a write transaction. */
  putSync(key: Buffer, value: Buffer, options: PutOptions = {}): void {
    this.database.putSync(key, value, options);
  }

  private *each<T>(range: Iterable<T>): Generator<T> {
    const entries = range[Symbol.iterator]();
    try {
      for (let next = entries.next(); !next.done; next = entries.next()) yield next.value;
    } catch (error) {
      throw this.told(error);
    } finally {
      entries.return?.();
    }
  }

  private told(error: unknown): unknown {
    const isLmdb = error instanceof Error && error.message.startsWith('MDB_');
    return isLmdb ? new DamagedPageError(this.path, this.root, error) : error;
  }
}
