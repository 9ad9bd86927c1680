import { DecodeError } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import { STOP } from '../thrift/compact-type.ts';
import { readBatchIndex } from './batch-index.ts';
import { EmitBatchField } from './struct-fields.ts';
import { compactBatch } from './thrift-batch.ts';

/** First byte of every compact message. */
export const PROTOCOL_ID = 0x82;
/** Low five bits of the second byte; the message type stands in the three above. */
export const VERSION = 1;
/** Message types: Go's, Java's and Python's clients say CALL, others ONEWAY, for the same datagram. */
export const CALL = 1;
export const ONEWAY = 4;

export const METHOD = 'emitBatch';

/**
 * Reads a datagram of UDP 6831: the one-way call `emitBatch(1: Batch)`. What it returns is whole: neither `index` nor
 * `spans` will throw. Throws `DecodeError`.
 */
export function decodeEmitBatch(datagram: Uint8Array): EncodedBatch {
  const reader = new CompactReader(datagram);
  readHeader(reader);
  let batch: EncodedBatch | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key !== EmitBatchField.batch) reader.skipField(key);
    else if (batch !== undefined) {
      throw new DecodeError('bad-message', reader.offset, 'emitBatch with two batches');
    } else {
      const start = reader.offset;
      const index = readBatchIndex(reader);
      batch = compactBatch(datagram.subarray(start, reader.offset), index);
    }
  }
  if (batch === undefined) {
    throw new DecodeError('missing-field', reader.offset, 'emitBatch without a batch');
  }
  return batch;
}

/** protocol id, version and type, sequence id (varint), method (string) */
function readHeader(reader: CompactReader): void {
  const protocol = reader.byte();
  const version = reader.byte();
  const type = version >> 5;
  if (protocol !== PROTOCOL_ID || (version & 0x1f) !== VERSION) {
    throw new DecodeError('bad-message', 0, 'not a message in the compact Thrift protocol');
  }
  if (type !== CALL && type !== ONEWAY) {
    throw new DecodeError('bad-message', 1, `message type ${type} where a call was expected`);
  }
  reader.varint32();
  const start = reader.binary();
  const method = reader.bytes.toString('latin1', start, Math.min(reader.offset, start + 64));
  if (method !== METHOD) {
    const name = JSON.stringify(method);
    throw new DecodeError('bad-message', start, `method ${name} where "${METHOD}" was expected`);
  }
}
