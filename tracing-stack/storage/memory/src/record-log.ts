import type { KeyValue, Micros } from '@spoor/model';
import type { SpanFormat, StoredBatch } from '@spoor/storage-api';
import { headerTagHashes } from '@spoor/storage-api/search';
import { type BatchEncoding, openBatch } from '@spoor/wire';
import { bytesColumn } from './column.ts';

/** What V8 takes for a record, in bytes. */
export const RECORD_BYTES = 50;

/** What a record is beside its bytes and its arrival. Records that follow one another mostly share it. */
export interface RecordHeader {
  readonly encoding: BatchEncoding;
  readonly format: SpanFormat | undefined;
  readonly overTChannel: boolean;
  readonly addedTags: readonly KeyValue[];
  /** `tagHash` of the tags that every span of the record gets. */
  readonly tagHashes: readonly number[];
}

/** Batches as they came, one record each, one behind the other. */
export class RecordLog {
  readonly headers: RecordHeader[] = [];
  private readonly arrivalTimes: Micros[] = [];
  private readonly ends: number[] = [];
  private readonly batches = bytesColumn(64 * 1024);

  get count(): number {
    return this.headers.length;
  }

  get bytes(): number {
    return this.batches.bytes + RECORD_BYTES * this.count;
  }

  /** Copies the bytes: they may lie in memory that is used again, or is much larger than they are. */
  add({ batch, format, overTChannel = false, addedTags, arrivalTime }: StoredBatch): void {
    const { encoding, bytes } = batch;
    this.headers.push(this.header({ encoding, format, overTChannel, addedTags }));
    this.arrivalTimes.push(arrivalTime);
    this.batches.append(bytes);
    this.ends.push(this.batches.length);
  }

  /** Opens a record; its spans are decoded later. */
  stored(place: number): StoredBatch {
    const header = this.headers[place];
    if (header === undefined) throw new RangeError(`no record ${place}`);
    const { encoding, format, overTChannel, addedTags } = header;
    const bytes = this.batches.values.subarray(this.ends[place - 1] ?? 0, this.ends[place]);
    const arrivalTime = this.arrivalTimes[place] ?? 0;
    return { batch: openBatch(encoding, bytes), format, overTChannel, addedTags, arrivalTime };
  }

  trim(): void {
    this.batches.trim();
  }

  private header(like: Omit<RecordHeader, 'tagHashes'>): RecordHeader {
    const last = this.headers[this.count - 1];
    const isEqual =
      last?.encoding === like.encoding &&
      last.format === like.format &&
      last.overTChannel === like.overTChannel &&
      (last.addedTags === like.addedTags || last.addedTags.length + like.addedTags.length === 0);
    return isEqual ? last : { ...like, tagHashes: headerTagHashes(like) };
  }
}
