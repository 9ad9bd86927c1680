import type { Micros } from '@spoor/model';

/** Digits of base 36 that microseconds since 1970 have until the year 4000 and more. */
const TIME_DIGITS = 11;
const PLACE_DIGITS = 6;
const WRITER_DIGITS = 6;
const SPAN_ID = /^[0-9a-z]{11}-[0-9a-z]{6}-[0-9a-z]{6}$/;

/**
 * Ids of batches and of the documents of their spans. As texts they stand in the order of arrival: time, writer, place in
 * the batch. No clock of a span counts, and none that went back.
 */
export class BatchIds {
  private readonly clock: () => number;
  private readonly writer = randomDigits(WRITER_DIGITS);
  private last: Micros = 0;

  /** `clock` in milliseconds since 1970. */
  constructor(clock: () => number) {
    this.clock = clock;
  }

  next(): string {
    this.last = Math.max(Math.floor(this.clock() * 1000), this.last + 1);
    return `${digits(this.last, TIME_DIGITS)}-${this.writer}`;
  }
}

/** The id of the document of a batch's n-th span, counted from 0. */
export function spanDocumentId(batchId: string, place: number): string {
  return `${batchId}-${digits(place, PLACE_DIGITS)}`;
}

/** Whether a document is one of ours and so has its place in the order of arrival. */
export function isSpanDocumentId(id: string): boolean {
  return SPAN_ID.test(id);
}

function digits(value: number, count: number): string {
  return value.toString(36).padStart(count, '0');
}

function randomDigits(count: number): string {
  return digits(Math.floor(Math.random() * 36 ** count), count);
}
