import type { Micros } from '@spoor/model';
import { bloomLength, fillBloom } from './bloom-filter.ts';
import { HashSet } from './hash-set.ts';
import {
  readSequence,
  readTime,
  SEQUENCE_LENGTH,
  TIME_LENGTH,
  writeSequence,
  writeTime,
} from './sequence-key.ts';

/*
 * A service row says which spans of one service came in one commit: up to about ROW_SPANS of them, of one SLOT of time.
 *
 *   key     service id (4, big-endian), newest start (8, writeTime), first record (8, writeSequence)
 *   value   oldest start, shortest duration, longest duration (8 each, double, big-endian),
 *           number of records (2, big-endian), distance of each record from the first (4 each, big-endian),
 *           Bloom filter over the operations and tags of these spans
 *
 * Read backwards, the rows of a service come newest first.
 */
const ID_LENGTH = 4;
const FIXED_LENGTH = 26;
const DISTANCE_LENGTH = 4;

/** A row is closed with the batch that fills it, so that a match costs the decoding of few spans. */
const ROW_SPANS = 128;
const ROW_RECORDS = 0xffff;

/**
 * The starts in a row lie in one slot (µs, counted from 1970), so a search for a window in the past knows where to
 * begin: at the end of the slot in which the window ends.
 */
const SLOT: Micros = 300_000_000;

export function slotOf(time: Micros): number {
  return Math.floor(time / SLOT);
}

export interface ServiceRow {
  readonly newestStart: Micros;
  readonly oldestStart: Micros;
  readonly shortest: Micros;
  readonly longest: Micros;
  /** The records that hold these spans. */
  readonly sequences: readonly number[];
  readonly filter: Uint8Array;
}

/** What is being gathered for a row. Span after span is added to it, and nothing is made on the way. */
export class ServiceRowDraft {
  readonly hashes = new HashSet();
  private spans = 0;
  private sequences: number[] = [];
  private newestStart = Number.NEGATIVE_INFINITY;
  private oldestStart = Number.POSITIVE_INFINITY;
  private shortest = Number.POSITIVE_INFINITY;
  private longest = Number.NEGATIVE_INFINITY;

  add(sequence: number, startTime: Micros, duration: Micros): void {
    if (this.sequences[this.sequences.length - 1] !== sequence) this.sequences.push(sequence);
    this.spans++;
    if (startTime > this.newestStart) this.newestStart = startTime;
    if (startTime < this.oldestStart) this.oldestStart = startTime;
    if (duration < this.shortest) this.shortest = duration;
    if (duration > this.longest) this.longest = duration;
  }

  /** Whether spans of record `sequence` belong into a new row. The spans of one record stay together. */
  isFullBefore(sequence: number): boolean {
    if (this.sequences[this.sequences.length - 1] === sequence) return false;
    return this.spans >= ROW_SPANS || this.sequences.length >= ROW_RECORDS;
  }

  key(serviceId: number): Buffer {
    const key = Buffer.allocUnsafe(ID_LENGTH + TIME_LENGTH + SEQUENCE_LENGTH);
    key.writeUInt32BE(serviceId, 0);
    writeTime(key, this.newestStart, ID_LENGTH);
    writeSequence(key, this.sequences[0] ?? 0, ID_LENGTH + TIME_LENGTH);
    return key;
  }

  value(): Buffer {
    const { sequences, hashes } = this;
    const filterStart = FIXED_LENGTH + DISTANCE_LENGTH * sequences.length;
    const value = Buffer.alloc(filterStart + bloomLength(hashes.size));
    value.writeDoubleBE(this.oldestStart, 0);
    value.writeDoubleBE(this.shortest, 8);
    value.writeDoubleBE(this.longest, 16);
    value.writeUInt16BE(sequences.length, 24);
    const first = sequences[0] ?? 0;
    sequences.forEach((sequence, i) => {
      value.writeUInt32BE(sequence - first, FIXED_LENGTH + DISTANCE_LENGTH * i);
    });
    fillBloom(value.subarray(filterStart), hashes);
    return value;
  }

  clear(): void {
    this.hashes.clear();
    this.spans = 0;
    this.sequences = [];
    this.newestStart = Number.NEGATIVE_INFINITY;
    this.oldestStart = Number.POSITIVE_INFINITY;
    this.shortest = Number.POSITIVE_INFINITY;
    this.longest = Number.NEGATIVE_INFINITY;
  }
}

export function readServiceRow(key: Buffer, value: Buffer): ServiceRow {
  const first = readSequence(key, ID_LENGTH + TIME_LENGTH);
  const filterStart = FIXED_LENGTH + DISTANCE_LENGTH * value.readUInt16BE(24);
  const sequences: number[] = [];
  for (let offset = FIXED_LENGTH; offset < filterStart; offset += DISTANCE_LENGTH) {
    sequences.push(first + value.readUInt32BE(offset));
  }
  return {
    newestStart: readTime(key, ID_LENGTH),
    oldestStart: value.readDoubleBE(0),
    shortest: value.readDoubleBE(8),
    longest: value.readDoubleBE(16),
    sequences,
    filter: value.subarray(filterStart),
  };
}

/** The range of rows, newest first, in which spans of a service that started from `oldest` to `newest` can be. */
export function serviceRowRange(serviceId: number, oldest: Micros, newest: Micros) {
  const afterSlot = rowBound(serviceId, (slotOf(newest) + 1) * SLOT);
  return {
    start: Buffer.concat([afterSlot, AFTER_EVERY_SEQUENCE]),
    end: rowBound(serviceId, oldest),
    reverse: true,
  };
}

const AFTER_EVERY_SEQUENCE = Buffer.alloc(SEQUENCE_LENGTH, 0xff);

function rowBound(serviceId: number, time: Micros): Buffer {
  const key = Buffer.allocUnsafe(ID_LENGTH + TIME_LENGTH);
  key.writeUInt32BE(serviceId, 0);
  writeTime(key, time, ID_LENGTH);
  return key;
}
