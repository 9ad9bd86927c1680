import { randomUUID } from 'node:crypto';
import type { Micros } from '@spoor/model';
import type { StoredBatch } from '@spoor/storage-api';
import type { Session } from '../connection/session.ts';
import { keyValueColumns } from '../rows/value-columns.ts';
import { DELETE_ARRIVAL } from '../statements/delete-arrival.ts';
import {
  type ArrivalPlace,
  type ArrivalRow,
  INSERT_ARRIVAL,
} from '../statements/insert-arrival.ts';
import { INSERT_WRITER } from '../statements/insert-writer.ts';

/** Of a part at most; a reader reads one partition after the other. */
const PART_ROWS = 4096;
const PART_BYTES = 64 * 1024 * 1024;
const PART_TIME: Micros = 600_000_000;
/** Of one write at most, unless a single batch is larger. */
const WRITE_BYTES = 1024 * 1024;
const WRITE_ROWS = 1000;

interface Waiting {
  readonly row: ArrivalRow;
  readonly done: { resolve(): void; reject(reason: unknown): void };
}

/**
 * The arrivals of one process. One write is under way at a time, and the next has all that came meanwhile: so a batch is
 * never to be seen before another with a lower number, and a reader that has seen a number misses nothing below it.
 */
export class ArrivalLog {
  private readonly session: Session;
  private readonly clock: () => Micros;
  /** How long arrivals are kept. */
  private readonly timeToLive: Micros;
  private readonly writer = randomUUID();
  private sequence = 0n;
  /** When each part began that may still hold arrivals; the last is the one that is written. */
  private parts: { readonly part: bigint; readonly began: Micros }[] = [];
  private partRows = 0;
  private partBytes = 0;
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(session: Session, timeToLive: Micros, clock: () => Micros) {
    this.session = session;
    this.timeToLive = timeToLive;
    this.clock = clock;
  }

  /** Resolves once the batch can be read as an arrival. */
  append(stored: StoredBatch, stamp: bigint): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ row: arrivalRow(stored, stamp), done: { resolve, reject } });
      if (!this.isWriting) void this.writeWaiting();
    });
  }

  private async writeWaiting(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const group = this.takeGroup();
      try {
        await this.writeGroup(group.map(({ row }) => row));
        for (const { done } of group) done.resolve();
      } catch (error) {
        for (const { done } of group) done.reject(error);
      }
    }
    this.isWriting = false;
  }

  private takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { row } of this.waiting) {
      bytes += row.bytes.length;
      if (count > 0 && (bytes > WRITE_BYTES || count === WRITE_ROWS)) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private async writeGroup(rows: readonly ArrivalRow[]): Promise<void> {
    const part = await this.currentPart();
    const placed = rows.map((row): ArrivalRow & ArrivalPlace => {
      this.sequence++;
      this.partRows++;
      this.partBytes += row.bytes.length;
      return { ...row, writer: this.writer, part, sequence: this.sequence };
    });
    try {
      await this.session.write(INSERT_ARRIVAL, placed);
    } catch (error) {
      // The server may have stored them all the same. Where this fails, too, they are passed over as what has no spans.
      await this.session.write(DELETE_ARRIVAL, placed).catch(() => undefined);
      throw error;
    }
  }

  private async currentPart(): Promise<bigint> {
    const now = this.clock();
    const last = this.parts.at(-1);
    const isFull = this.partRows >= PART_ROWS || this.partBytes >= PART_BYTES;
    if (last && !isFull && now - last.began < PART_TIME) return last.part;
    const part = (last?.part ?? -1n) + 1n;
    const kept = this.parts.filter(
      ({ began }) => this.timeToLive === 0 || now - began < this.timeToLive + PART_TIME,
    );
    const parts = [...kept, { part, began: now }];
    await this.session.write(INSERT_WRITER, [
      { writer: this.writer, oldest_part: parts[0]?.part ?? part, newest_part: part },
    ]);
    this.parts = parts;
    this.partRows = 0;
    this.partBytes = 0;
    return part;
  }
}

function arrivalRow({ batch, format, addedTags }: StoredBatch, stamp: bigint): ArrivalRow {
  const { buffer, byteOffset, length } = batch.bytes;
  return {
    stamp,
    encoding: batch.encoding,
    bytes: Buffer.from(buffer, byteOffset, length),
    format: format ?? null,
    added_tags: addedTags.map(keyValueColumns),
  };
}
