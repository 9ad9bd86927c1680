import { DecodeError } from '../decode-error.ts';
import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import { STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { readBatchIndex } from './batch-index.ts';
import { EmitBatchField } from './struct-fields.ts';
import { binaryBatch, compactBatch } from './thrift-batch.ts';

/** First byte of every compact message. */
export const PROTOCOL_ID = 0x82;
/** Low five bits of the second byte; the message type stands in the three above. */
export const VERSION = 1;
/** First half of a binary message in the strict form; the message type is its fourth byte. */
const STRICT_VERSION = 0x8001;

/** Message types: some clients say CALL, others ONEWAY, for the same datagram. */
const CALL = 1;
export const ONEWAY = 4;

export const METHOD = 'emitBatch';

/**
 * Reads a datagram of UDP 6831: the one-way call `emitBatch(1: Batch)` in the compact protocol. What it returns is whole:
 * neither `index` nor `spans` will throw. Throws `DecodeError`.
 */
export function decodeEmitBatch(datagram: Uint8Array): EncodedBatch {
  const reader = new CompactReader(datagram);
  readCompactHeader(reader);
  return readArguments(reader, compactBatch);
}

/** Reads a datagram of UDP 6832: the same call in the binary protocol, strict or not. */
export function decodeEmitBatchBinary(datagram: Uint8Array): EncodedBatch {
  const reader = new BinaryReader(datagram);
  readBinaryHeader(reader);
  return readArguments(reader, binaryBatch);
}

function readArguments(
  reader: ThriftReader,
  batchOf: (bytes: Uint8Array, index: BatchIndex) => EncodedBatch,
): EncodedBatch {
  let batch: EncodedBatch | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key !== EmitBatchField.batch) reader.skipField(key);
    else if (batch !== undefined) {
      throw new DecodeError('bad-message', reader.offset, 'emitBatch with two batches');
    } else {
      const start = reader.offset;
      const index = readBatchIndex(reader);
      batch = batchOf(reader.bytes.subarray(start, reader.offset), index);
    }
  }
  if (batch === undefined) {
    throw new DecodeError('missing-field', reader.offset, 'emitBatch without a batch');
  }
  return batch;
}

/** protocol id, version and type, sequence id (varint), method (string) */
function readCompactHeader(reader: CompactReader): void {
  const protocol = reader.byte();
  const version = reader.byte();
  if (protocol !== PROTOCOL_ID || (version & 0x1f) !== VERSION) {
    throw new DecodeError('bad-message', 0, 'not a message in the compact Thrift protocol');
  }
  expectCall(version >> 5, 1);
  reader.varint32();
  expectMethod(reader);
}

/**
 * Strict: version (i16), an unused byte, type (byte), method (string), sequence id (i32). Old: method, type, sequence id;
 * the two are told apart by the sign of the first four bytes, which in the old form are a length.
 */
function readBinaryHeader(reader: BinaryReader): void {
  const first = reader.int32();
  if (first >= 0) {
    reader.offset = 0;
    expectMethod(reader);
    expectCall(reader.byte(), reader.offset - 1);
  } else {
    if (first >>> 16 !== STRICT_VERSION) {
      throw new DecodeError('bad-message', 0, 'not a message in the binary Thrift protocol');
    }
    expectCall(first & 0xff, 3);
    expectMethod(reader);
  }
  reader.int32();
}

function expectCall(type: number, offset: number): void {
  if (type === CALL || type === ONEWAY) return;
  throw new DecodeError('bad-message', offset, `message type ${type} where a call was expected`);
}

function expectMethod(reader: ThriftReader): void {
  const start = reader.binary();
  const method = reader.bytes.toString('latin1', start, Math.min(reader.offset, start + 64));
  if (method === METHOD) return;
  const name = JSON.stringify(method);
  throw new DecodeError('bad-message', start, `method ${name} where "${METHOD}" was expected`);
}
