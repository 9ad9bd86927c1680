import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Micros } from '@spoor/model';
import { droppedName } from './bucket-name.ts';
import { cutOff, dataFileSize } from './data-file.ts';
import { decodeRecord } from './record-codec.ts';
import { readSequence } from './sequence-key.ts';
import { openTables, type Tables } from './tables.ts';

/**
 * One folder with one LMDB environment, which holds what arrived in some stretch of time. It is opened when it is first
 * used, and closed or dropped only when nobody uses it any more.
 */
export class Bucket {
  readonly name: string;
  private readonly directory: string;
  private readonly path: string;
  private readOnly: boolean;
  private tables: Tables | undefined;
  private knownSize = 0;
  private uses = 0;
  private whenIdle: (() => void)[] = [];

  constructor(directory: string, name: string, readOnly: boolean) {
    this.name = name;
    this.directory = directory;
    this.path = join(directory, name);
    this.readOnly = readOnly;
  }

  /**
   * The tables, to be given back with `release`. `undefined` while the writer is still making them. Throws `StorageError`
   * code `corrupt` if the file was cut off.
   */
  retain(): Tables | undefined {
    if (this.isCutOff()) throw cutOff(this.path, this.size(), this.knownSize);
    this.tables ??= openTables(this.path, this.readOnly);
    if (this.tables !== undefined) this.uses++;
    return this.tables;
  }

  /** From now on it is for reading only: an environment that may be written to takes a megabyte of memory. */
  async seal(): Promise<void> {
    this.readOnly = true;
    await this.close();
  }

  get isSealed(): boolean {
    return this.readOnly;
  }

  release(): void {
    this.uses--;
    if (this.uses === 0) for (const resume of this.whenIdle.splice(0)) resume();
  }

  /** Closes when the last user is done. A closed bucket opens again when it is used again. */
  async close(): Promise<void> {
    while (this.uses > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
    const { tables } = this;
    this.tables = undefined;
    this.knownSize = 0;
    await tables?.root.close();
  }

  /** Closes and gives the disk space back. To other processes the bucket is gone at once: none meets half of it. */
  async drop(): Promise<void> {
    await this.close();
    const dropped = join(this.directory, droppedName(this.name));
    try {
      await rename(this.path, dropped);
    } catch (error) {
      // Somebody removed it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await rm(dropped, { recursive: true, force: true });
  }

  /** Bytes on disk. */
  size(): number {
    return dataFileSize(this.path) ?? 0;
  }

  /** Whether its file is still there: an environment that is open goes on writing into a file that somebody removed. */
  isThere(): boolean {
    return dataFileSize(this.path) !== undefined;
  }

  /** Whether its file, which only grows, is shorter than it was: reading what is missing would end this process. */
  isCutOff(): boolean {
    const size = dataFileSize(this.path);
    if (size === undefined) return false;
    if (size < this.knownSize) return true;
    this.knownSize = size;
    return false;
  }
}

const BEFORE_EVERY_SEQUENCE = Buffer.alloc(8, 0);
const AFTER_EVERY_SEQUENCE = Buffer.alloc(9, 0xff);

/** The last sequence number in use, if any. */
export function lastSequence({ records }: Tables): number | undefined {
  const range = {
    start: AFTER_EVERY_SEQUENCE,
    end: BEFORE_EVERY_SEQUENCE,
    reverse: true,
    limit: 1,
  };
  for (const key of records.getKeys(range)) return readSequence(key, 0);
  return undefined;
}

/** When the first and the last record arrived, as far as they can be read. */
export function arrivalSpan({ records }: Tables): { first: Micros; last: Micros } | undefined {
  const forward = { start: BEFORE_EVERY_SEQUENCE, limit: 1 };
  const backward = {
    start: AFTER_EVERY_SEQUENCE,
    end: BEFORE_EVERY_SEQUENCE,
    reverse: true,
    limit: 1,
  };
  const first = arrivalOf([...records.getRange(forward)][0]?.value);
  const last = arrivalOf([...records.getRange(backward)][0]?.value);
  return first === undefined || last === undefined ? undefined : { first, last };
}

function arrivalOf(record: Buffer | undefined): Micros | undefined {
  try {
    return record && decodeRecord(record).arrivalTime;
  } catch {
    // Expiry then goes by the bucket's name; the record is counted when a reader meets it.
    return undefined;
  }
}
