import { open, rm } from 'node:fs/promises';
import { type BatchRecord, decodeRecord, recordBytes } from './batch-record.ts';

/** A batch in a file, and where. */
export interface StoredBatch extends BatchRecord {
  readonly segment: Segment;
  readonly start: number;
}

/** How much is read at once; a record that is larger is read whole. */
const READ_BYTES = 1024 * 1024;

/** A file of the queue: records one behind the other, written once, read and delivered from the start. */
export class Segment {
  readonly number: number;
  readonly path: string;
  /** Of records that are safely there. */
  size: number;
  /** Up to where records were handed out. */
  readTo: number;
  /** Up to where all records were delivered. */
  doneTo: number;
  /** How often there was an error when it was read. */
  failedReads = 0;
  /** Records behind that which were delivered, too: ends by starts. */
  private readonly ahead = new Map<number, number>();

  constructor(number: number, path: string, size: number, doneTo: number) {
    this.number = number;
    this.path = path;
    this.size = size;
    this.readTo = doneTo;
    this.doneTo = doneTo;
  }

  get isDone(): boolean {
    return this.doneTo >= this.size;
  }

  /** Resolves when the bytes are on the disk. If it rejects, they are not part of the segment. */
  async append(bytes: Uint8Array): Promise<void> {
    const file = await open(this.path, this.size === 0 ? 'wx' : 'r+');
    try {
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, written, null, this.size + written);
        written += bytesWritten;
      }
      await file.datasync();
      this.size += bytes.length;
    } catch (error) {
      // Half a record would look as if more had been lost than was.
      await file.truncate(this.size).catch(() => undefined);
      throw error;
    } finally {
      await file.close();
    }
  }

  /** The next records. None at the end; if what is there cannot be read, `lost` says how many bytes were passed over. */
  async read(): Promise<{ readonly batches: StoredBatch[]; readonly lost: number }> {
    const batches: StoredBatch[] = [];
    let bytes = await this.bytesAt(this.readTo, READ_BYTES);
    const whole = recordBytes(bytes, 0) ?? 0;
    if (whole > bytes.length) bytes = await this.bytesAt(this.readTo, whole);
    const start = this.readTo;
    for (let at = 0; at < bytes.length; ) {
      const record = decodeRecord(bytes, at);
      if (record === undefined) break;
      batches.push({ ...record, segment: this, start: start + at });
      at += record.bytes;
      this.readTo = start + at;
    }
    if (batches.length > 0 || this.readTo >= this.size) return { batches, lost: 0 };
    return { batches, lost: this.giveUp() };
  }

  /** Passes over what was not handed out, and returns how many bytes that are. */
  giveUp(): number {
    const lost = this.size - this.readTo;
    this.done(this.readTo, lost);
    this.readTo = this.size;
    return lost;
  }

  /** Hands out again what was read from `start` on. */
  unread(start: number): void {
    this.readTo = Math.min(this.readTo, start);
  }

  /** Notes that a record was delivered, or given up. */
  done(start: number, bytes: number): void {
    this.ahead.set(start, start + bytes);
    for (;;) {
      const end = this.ahead.get(this.doneTo);
      if (end === undefined) return;
      this.ahead.delete(this.doneTo);
      this.doneTo = end;
    }
  }

  remove(): Promise<void> {
    return rm(this.path, { force: true });
  }

  private async bytesAt(position: number, most: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(Math.min(most, this.size - position));
    if (bytes.length === 0) return bytes;
    const file = await open(this.path, 'r');
    try {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
