import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@spoor/platform';
import { type FolderLock, takeFolderLock } from '@spoor/platform/folder-lock';
import { Segment, type StoredBatch } from './segment.ts';

export interface DiskQueueOptions {
  readonly directory: string;
  /** Of all files together. */
  readonly maxBytes: number;
  /** Of one file: what is delivered is given back to the disk a file at a time. */
  readonly segmentBytes?: number;
}

const NAME = /^(\d{12})\.batches$/;
/** In the middle: there is room for files before the first, and behind. */
const FIRST_NUMBER = 500_000_000_000;
const POSITIONS = 'positions.json';
/** How often a file that is there is read before it is given up. */
const MOST_TRIES = 10;

/** Batches on disk, in order. One process at a time has the folder. */
export class DiskQueue {
  readonly maxBytes: number;
  private readonly directory: string;
  private readonly segmentBytes: number;
  private readonly lock: FolderLock;
  /** In order. */
  private segments: Segment[];
  /** The one that is written to: a file of this run. */
  private tail: Segment | undefined;
  /**
   * Numbers that were given, to files or in positions. None is given twice: the file before may be on its way to be
   * removed, and what was noted of it would hold for the new one.
   */
  private lowest: number;
  private highest: number;
  private isWriting = false;
  private saving: Promise<void> | undefined;
  private savedPositions = '{}';

  private constructor(options: DiskQueueOptions, lock: FolderLock, found: Found) {
    const { directory, maxBytes, segmentBytes = 4 * 1024 * 1024 } = options;
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes;
    this.lock = lock;
    this.segments = found.segments;
    this.lowest = Math.min(FIRST_NUMBER, ...found.numbers);
    this.highest = Math.max(FIRST_NUMBER - 1, ...found.numbers);
  }

  /** Opens the folder with what an earlier run left. Rejects if it cannot be written, or with `FolderHeldError`. */
  static async open(options: DiskQueueOptions): Promise<DiskQueue> {
    const { directory } = options;
    makeFolder(directory);
    const lock = takeFolderLock(directory);
    try {
      return new DiskQueue(options, lock, await findIn(directory));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Of batches that were not delivered. */
  get bytes(): number {
    return this.segments.reduce((sum, { size, doneTo }) => sum + size - doneTo, 0);
  }

  get hasUnread(): boolean {
    return this.segments.some(({ size, readTo }) => readTo < size);
  }

  /** Puts records last. Resolves with how many are on disk: fewer if there is no room, or if an error is told of. */
  append(records: readonly Buffer[]): Promise<Written> {
    return this.write(records, () => {
      if (this.tail === undefined || this.tail.size >= this.segmentBytes) {
        this.tail = this.newSegment(++this.highest);
        this.segments.push(this.tail);
      }
      return this.tail;
    });
  }

  /** Puts records before all others. */
  prepend(records: readonly Buffer[]): Promise<Written> {
    const segment = this.newSegment(--this.lowest);
    this.segments.unshift(segment);
    return this.write(records, () => segment);
  }

  /** The next batches; none when all were handed out. `lost` bytes could not be read, and are given up. */
  async read(): Promise<Read> {
    const segment = this.segments.find(({ size, readTo }) => readTo < size);
    if (segment === undefined) return { batches: [], lost: 0 };
    const found = await readFrom(segment);
    if (found.lost === 0) return found;
    try {
      await this.sweep();
      return found;
    } catch (error) {
      // What is lost is told also if its file does not go.
      return { error: error as Error, ...found };
    }
  }

  /** Notes that a batch was delivered, or given up. Its bytes go with the last of its file. */
  async done({ segment, start, bytes }: StoredBatch): Promise<void> {
    segment.done(start, bytes);
    await this.sweep();
  }

  /**
   * Notes on disk what was delivered, so that after a crash no more than what came since is sent again. One at a time:
   * what comes while one is under way is for the next.
   */
  savePositions(): Promise<void> {
    this.saving ??= this.writePositions().finally(() => {
      this.saving = undefined;
    });
    return this.saving;
  }

  private async writePositions(): Promise<void> {
    const begun = this.segments.filter(({ doneTo }) => doneTo > 0);
    const text = JSON.stringify(Object.fromEntries(begun.map((one) => [one.number, one.doneTo])));
    if (text === this.savedPositions) return;
    const path = join(this.directory, POSITIONS);
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
    this.savedPositions = text;
  }

  /** Rejects if a file does not go, or if what was delivered cannot be noted. Then no more than that is sent again. */
  async close(): Promise<void> {
    try {
      await this.sweep();
    } finally {
      await this.saving?.catch(() => undefined);
      await this.savePositions().finally(() => this.lock.release());
    }
  }

  private async write(records: readonly Buffer[], segmentFor: () => Segment): Promise<Written> {
    this.isWriting = true;
    const written = await this.writeGroups(records, segmentFor);
    this.isWriting = false;
    try {
      await this.sweep();
      return written;
    } catch (error) {
      // What is on disk is told also if a file before it does not go.
      return { error: error as Error, ...written };
    }
  }

  private async writeGroups(
    records: readonly Buffer[],
    segmentFor: () => Segment,
  ): Promise<Written> {
    let taken = 0;
    try {
      while (taken < records.length) {
        const segment = segmentFor();
        const room = Math.min(this.maxBytes - this.fileBytes(), this.segmentBytes);
        const group = recordsWithin(records.slice(taken), room, this.fileBytes() === 0);
        if (group.length === 0) break;
        await segment.append(Buffer.concat(group));
        taken += group.length;
      }
      return { taken };
    } catch (error) {
      // What is behind the good bytes of this file is nothing; the next one begins anew.
      this.tail = undefined;
      return { taken, error: error as Error };
    }
  }

  private fileBytes(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0);
  }

  private newSegment(number: number): Segment {
    const name = `${String(number).padStart(12, '0')}.batches`;
    return new Segment(number, join(this.directory, name), 0, 0);
  }

  /** Removes files of which all was delivered. Rejects if one does not go; it is tried again the next time. */
  private async sweep(): Promise<void> {
    if (this.isWriting) return;
    const done = this.segments.filter(({ isDone }) => isDone);
    if (done.length === 0) return;
    if (this.tail?.isDone) this.tail = undefined;
    const removed = await Promise.allSettled(done.map((segment) => segment.remove()));
    const isGone = (segment: Segment) => removed[done.indexOf(segment)]?.status === 'fulfilled';
    this.segments = this.segments.filter((segment) => !isGone(segment));
    const failed = removed.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}

/** `lost` bytes were given up, because of what was read, or of `error`. */
export interface Read {
  readonly batches: readonly StoredBatch[];
  readonly lost: number;
  readonly error?: Error;
}

/** What became of records that were to be written. */
export interface Written {
  readonly taken: number;
  readonly error?: Error;
}

/** As many as fit; into an empty queue one of any size. */
function recordsWithin(records: readonly Buffer[], room: number, isEmpty: boolean): Buffer[] {
  const group: Buffer[] = [];
  let bytes = 0;
  for (const record of records) {
    bytes += record.length;
    if (bytes > room && !(isEmpty && group.length === 0)) break;
    group.push(record);
  }
  return group;
}

/** Rejects if the file may be read yet, when it is tried again. */
async function readFrom(segment: Segment): Promise<Read> {
  try {
    return await segment.read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // That too many files are open is not because of this one.
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    if (code !== 'ENOENT' && ++segment.failedReads < MOST_TRIES) throw error;
    return { batches: [], lost: segment.giveUp(), error: error as Error };
  }
}

interface Found {
  /** In order. */
  readonly segments: Segment[];
  /** Of files, and of those that positions were noted of. */
  readonly numbers: readonly number[];
}

async function findIn(directory: string): Promise<Found> {
  const positions = await readPositions(directory);
  const segments: Segment[] = [];
  const numbers = [...positions.keys()];
  for (const name of (await readdir(directory)).sort()) {
    const number = Number(NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) continue;
    numbers.push(number);
    const path = join(directory, name);
    const { size } = await stat(path);
    const segment = new Segment(number, path, size, Math.min(positions.get(number) ?? 0, size));
    if (segment.isDone) await segment.remove();
    else segments.push(segment);
  }
  return { segments, numbers };
}

/** Without them, or with what is none, everything is delivered again. */
async function readPositions(directory: string): Promise<ReadonlyMap<number, number>> {
  const text = await readFile(join(directory, POSITIONS), 'utf8').catch(() => '{}');
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, number>);
    const numbered = entries.filter(([number]) => /^\d{1,12}$/.test(number));
    return new Map(numbered.map(([number, doneTo]) => [Number(number), Number(doneTo) || 0]));
  } catch {
    return new Map();
  }
}
