import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FolderLock, takeFolderLock } from '@spoor/platform';
import { Segment, type StoredBatch } from './segment.ts';

export interface DiskQueueOptions {
  readonly directory: string;
  /** Of all files together. */
  readonly maxBytes: number;
  /** Of one file: what is delivered is given back to the disk a file at a time. */
  readonly segmentBytes?: number;
}

const NAME = /^(\d{12})\.batches$/;
/** So high that there is room for files before the first. */
const FIRST_NUMBER = 1_000_000;
const POSITIONS = 'positions.json';

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
  private isWriting = false;
  private savedPositions = '{}';

  private constructor(options: DiskQueueOptions, lock: FolderLock, segments: Segment[]) {
    const { directory, maxBytes, segmentBytes = 4 * 1024 * 1024 } = options;
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes;
    this.lock = lock;
    this.segments = segments;
  }

  /** Opens the folder with what an earlier run left. Rejects if it cannot be written, or with `FolderHeldError`. */
  static async open(options: DiskQueueOptions): Promise<DiskQueue> {
    const { directory } = options;
    await mkdir(directory, { recursive: true });
    const lock = takeFolderLock(directory);
    try {
      return new DiskQueue(options, lock, await segmentsIn(directory));
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
        this.tail = this.newSegment((this.segments.at(-1)?.number ?? FIRST_NUMBER - 1) + 1);
        this.segments.push(this.tail);
      }
      return this.tail;
    });
  }

  /** Puts records before all others. */
  prepend(records: readonly Buffer[]): Promise<Written> {
    const segment = this.newSegment((this.segments[0]?.number ?? FIRST_NUMBER) - 1);
    this.segments.unshift(segment);
    return this.write(records, () => segment);
  }

  /** The next batches; none when all were handed out. `lost` bytes could not be read, and are given up. */
  async read(): Promise<{ readonly batches: readonly StoredBatch[]; readonly lost: number }> {
    const segment = this.segments.find(({ size, readTo }) => readTo < size);
    if (segment === undefined) return { batches: [], lost: 0 };
    const found = await segment.read();
    if (found.lost > 0) await this.sweep();
    return found;
  }

  /** Notes that a batch was delivered, or given up. Its bytes go with the last of its file. */
  async done({ segment, start, bytes }: StoredBatch): Promise<void> {
    segment.done(start, bytes);
    await this.sweep();
  }

  /** Notes on disk what was delivered, so that after a crash no more than what came since is sent again. */
  async savePositions(): Promise<void> {
    const begun = this.segments.filter(({ doneTo }) => doneTo > 0);
    const text = JSON.stringify(Object.fromEntries(begun.map((one) => [one.number, one.doneTo])));
    if (text === this.savedPositions) return;
    const path = join(this.directory, POSITIONS);
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
    this.savedPositions = text;
  }

  async close(): Promise<void> {
    try {
      await this.sweep();
      await this.savePositions();
    } finally {
      this.lock.release();
    }
  }

  private async write(records: readonly Buffer[], segmentFor: () => Segment): Promise<Written> {
    this.isWriting = true;
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
    } finally {
      this.isWriting = false;
      await this.sweep();
    }
  }

  private fileBytes(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0);
  }

  private newSegment(number: number): Segment {
    const name = `${String(number).padStart(12, '0')}.batches`;
    return new Segment(number, join(this.directory, name), 0, 0);
  }

  /** Removes files of which all was delivered. */
  private async sweep(): Promise<void> {
    if (this.isWriting) return;
    const done = this.segments.filter(({ isDone }) => isDone);
    if (done.length === 0) return;
    this.segments = this.segments.filter(({ isDone }) => !isDone);
    if (this.tail?.isDone) this.tail = undefined;
    for (const segment of done) await segment.remove();
  }
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

async function segmentsIn(directory: string): Promise<Segment[]> {
  const positions = await readPositions(directory);
  const segments: Segment[] = [];
  for (const name of (await readdir(directory)).sort()) {
    const number = Number(NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) continue;
    const path = join(directory, name);
    const { size } = await stat(path);
    const segment = new Segment(number, path, size, Math.min(positions.get(number) ?? 0, size));
    if (segment.isDone) await segment.remove();
    else segments.push(segment);
  }
  return segments;
}

/** Without them, or with what is none, everything is delivered again. */
async function readPositions(directory: string): Promise<ReadonlyMap<number, number>> {
  const text = await readFile(join(directory, POSITIONS), 'utf8').catch(() => '{}');
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, number>);
    return new Map(entries.map(([number, doneTo]) => [Number(number), Number(doneTo) || 0]));
  } catch {
    return new Map();
  }
}
