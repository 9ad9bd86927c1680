import { crc32 } from 'node:zlib';
import { type AgentCall, type BatchEncoding, openBatch } from '@spoor/wire';

// How a batch lies in a file of the queue, high bytes first:
//
//   size:4  crc:4  version:1  model:1  encoding:1  spans:4  batch
//
// `size` counts what follows the crc, and the crc is over that.

const HEADER_BYTES = 8;
const VERSION = 1;
/** Of version, model, encoding, spans. */
const FIELDS_BYTES = 7;

/** Whose spans they were when they came. */
const MODELS: readonly AgentCall['model'][] = ['jaeger', 'zipkin'];

const ENCODINGS: readonly BatchEncoding[] = [
  'jaeger-thrift-compact',
  'jaeger-thrift-binary',
  'jaeger-proto',
];

export function encodeRecord({ model, batch }: AgentCall, spans: number): Buffer {
  const size = FIELDS_BYTES + batch.bytes.length;
  const record = Buffer.allocUnsafe(HEADER_BYTES + size);
  record.writeUInt32BE(size, 0);
  record[8] = VERSION;
  record[9] = MODELS.indexOf(model);
  record[10] = ENCODINGS.indexOf(batch.encoding);
  record.writeUInt32BE(spans, 11);
  record.set(batch.bytes, HEADER_BYTES + FIELDS_BYTES);
  record.writeUInt32BE(crc32(record.subarray(HEADER_BYTES)), 4);
  return record;
}

export interface BatchRecord extends AgentCall {
  readonly spans: number;
  /** Of the whole record. */
  readonly bytes: number;
}

/** The record at `offset`; `undefined` if it is not whole, or not what was written. */
export function decodeRecord(bytes: Buffer, offset: number): BatchRecord | undefined {
  const size = recordBytes(bytes, offset);
  if (size === undefined || offset + size > bytes.length) return undefined;
  const body = bytes.subarray(offset + HEADER_BYTES, offset + size);
  const model = MODELS[body[1] as number];
  const encoding = ENCODINGS[body[2] as number];
  if (crc32(body) !== bytes.readUInt32BE(offset + 4) || body[0] !== VERSION) return undefined;
  if (model === undefined || encoding === undefined) return undefined;
  // A copy: a view would keep all that was read with it.
  const batch = openBatch(encoding, Uint8Array.from(body.subarray(FIELDS_BYTES)));
  return { model, batch, spans: body.readUInt32BE(3), bytes: size };
}

/** How many bytes the record at `offset` says that it has; `undefined` if it cannot be. */
export function recordBytes(bytes: Buffer, offset: number): number | undefined {
  if (offset + HEADER_BYTES > bytes.length) return undefined;
  const size = bytes.readUInt32BE(offset);
  return size < FIELDS_BYTES ? undefined : HEADER_BYTES + size;
}
