import type { KeyValue } from '@spoor/model';
import { type SpanFormat, StorageError, type StoredBatch } from '@spoor/storage-api';
import { type BatchEncoding, openBatch } from '@spoor/wire';
import { decodeTags, encodeTags } from './tags-codec.ts';

/*
 * A record is one batch as it came, behind a header:
 *
 *   offset  length  what
 *   0       1       version of this layout: 1
 *   1       1       encoding of the batch, place in ENCODINGS
 *   2       1       format, place in FORMATS
 *   3       1       0
 *   4       8       arrival time, microseconds since 1970, double, big-endian
 *   12      4       length of the added tags, big-endian
 *   16      ...     added tags (tags-codec.ts)
 *   ...     ...     the batch, to the end of the record
 */
const VERSION = 1;
const ENCODINGS: readonly BatchEncoding[] = [
  'jaeger-thrift-compact',
  'jaeger-thrift-binary',
  'jaeger-proto',
];
/** The last one: the spans say it themselves. */
const FORMATS: readonly (SpanFormat | undefined)[] = [
  'jaeger',
  'proto',
  'zipkin',
  'otlp',
  undefined,
];
const HEADER_LENGTH = 16;

/**
 * Encodes records. A record stands until the next one is asked for: it is copied into LMDB's pages at once, and memory
 * of its own for each would cost more than the copying. Collectors add the same tags to every batch, so these are
 * encoded once.
 */
export function recordEncoder(): (stored: StoredBatch) => Buffer {
  let lastTags: readonly KeyValue[] | undefined;
  let lastEncoded: Buffer = Buffer.alloc(0);
  let space = Buffer.allocUnsafeSlow(64 * 1024);
  return ({ batch, format, addedTags, arrivalTime }) => {
    if (addedTags !== lastTags) {
      lastEncoded = encodeTags(addedTags);
      lastTags = addedTags;
    }
    const start = HEADER_LENGTH + lastEncoded.length;
    const length = start + batch.bytes.length;
    if (length > space.length) space = Buffer.allocUnsafeSlow(2 * length);
    const record = space.subarray(0, length);
    record[0] = VERSION;
    record[1] = ENCODINGS.indexOf(batch.encoding);
    record[2] = FORMATS.indexOf(format);
    record[3] = 0;
    record.writeDoubleBE(arrivalTime, 4);
    record.writeUInt32BE(lastEncoded.length, 12);
    record.set(lastEncoded, HEADER_LENGTH);
    record.set(batch.bytes, start);
    return record;
  };
}

/** Opens a record; the spans in it are decoded later. Throws `StorageError` code `corrupt`. */
export function decodeRecord(record: Buffer): StoredBatch {
  if (record.length < HEADER_LENGTH) throw corrupt('its header is cut off');
  if (record[0] !== VERSION) throw corrupt(`its layout ${record[0]} is not known here`);
  const encoding = ENCODINGS[record[1] ?? -1];
  const format = FORMATS[record[2] ?? 0];
  if (encoding === undefined) throw corrupt(`its encoding ${record[1]} is not known here`);
  if ((record[2] ?? 0) >= FORMATS.length)
    throw corrupt(`its format ${record[2]} is not known here`);
  const start = HEADER_LENGTH + record.readUInt32BE(12);
  if (start > record.length) throw corrupt('its added tags are cut off');
  return {
    batch: openBatch(encoding, record.subarray(start)),
    format,
    addedTags: decodeTags(record.subarray(HEADER_LENGTH, start)),
    arrivalTime: record.readDoubleBE(4),
  };
}

function corrupt(reason: string): StorageError {
  return new StorageError('corrupt', `[embedded] a record cannot be read: ${reason}`);
}
