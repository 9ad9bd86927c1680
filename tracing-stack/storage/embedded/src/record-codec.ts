import { crc32 } from 'node:zlib';
import type { KeyValue } from '@spoor/model';
import { type SpanFormat, StorageError, type StoredBatch } from '@spoor/storage-api';
import { type BatchEncoding, openBatch } from '@spoor/wire';
import { decodeTags, encodeTags } from './tags-codec.ts';

/*
 * A record is one batch as it came, behind a header:
 *
 *   offset  length  what
 *   0       1       version of this layout: 2
 *   1       1       encoding of the batch, place in ENCODINGS
 *   2       1       format, place in FORMATS
 *   3       1       1 if the batch came over TChannel, else 0
 *   4       8       arrival time, microseconds since 1970, double, big-endian
 *   12      4       length of the added tags, big-endian
 *   16      4       CRC-32 (zlib's) of all else, header first, big-endian; version 1 has no such field
 *   20      ...     added tags (tags-codec.ts)
 *   ...     ...     the batch, to the end of the record
 */
const VERSION = 2;
const WITHOUT_CHECKSUM = 1;
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
const CHECKSUM_AT = 16;
const HEADER_LENGTH = 20;

/**
 * Encodes records. A record stands until the next one is asked for: it is copied into LMDB's pages at once, and memory
 * of its own for each would cost more than the copying. Collectors add the same tags to every batch, so these are
 * encoded once.
 */
export function recordEncoder(): (stored: StoredBatch) => Buffer {
  let lastTags: readonly KeyValue[] | undefined;
  let lastEncoded: Buffer = Buffer.alloc(0);
  let space = Buffer.allocUnsafeSlow(64 * 1024);
  return ({ batch, format, overTChannel, addedTags, arrivalTime }) => {
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
    record[3] = overTChannel ? 1 : 0;
    record.writeDoubleBE(arrivalTime, 4);
    record.writeUInt32BE(lastEncoded.length, 12);
    record.set(lastEncoded, HEADER_LENGTH);
    record.set(batch.bytes, start);
    record.writeUInt32BE(checksum(record), CHECKSUM_AT);
    return record;
  };
}

/** Opens a record; the spans in it are decoded later. Throws `StorageError` code `corrupt`. */
export function decodeRecord(record: Buffer): StoredBatch {
  const headerLength = record[0] === WITHOUT_CHECKSUM ? CHECKSUM_AT : HEADER_LENGTH;
  if (record.length < headerLength) throw corrupt('its header is cut off');
  if (record[0] !== VERSION && record[0] !== WITHOUT_CHECKSUM) {
    throw corrupt(`its layout ${record[0]} is not known here`);
  }
  if (record[0] === VERSION && record.readUInt32BE(CHECKSUM_AT) !== checksum(record)) {
    throw corrupt('its bytes are not those that were written');
  }
  const encoding = ENCODINGS[record[1] ?? -1];
  const format = FORMATS[record[2] ?? 0];
  if (encoding === undefined) throw corrupt(`its encoding ${record[1]} is not known here`);
  if ((record[2] ?? 0) >= FORMATS.length)
    throw corrupt(`its format ${record[2]} is not known here`);
  const start = headerLength + record.readUInt32BE(12);
  if (start > record.length) throw corrupt('its added tags are cut off');
  return {
    batch: openBatch(encoding, record.subarray(start)),
    format,
    overTChannel: record[3] === 1,
    addedTags: decodeTags(record.subarray(headerLength, start)),
    arrivalTime: record.readDoubleBE(4),
  };
}

function checksum(record: Buffer): number {
  return crc32(record.subarray(HEADER_LENGTH), crc32(record.subarray(0, CHECKSUM_AT)));
}

function corrupt(reason: string): StorageError {
  return new StorageError('corrupt', `[embedded] a record cannot be read: ${reason}`);
}
