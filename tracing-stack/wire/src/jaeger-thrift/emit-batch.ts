import { DecodeError } from '../decode-error.ts';
import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import { STOP } from '../thrift/compact-type.ts';
import {
  readBinaryCall,
  readCompactCall,
  type ThriftCall,
  unknownMethod,
} from '../thrift/thrift-call.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { readBatchIndex } from './batch-index.ts';
import { EmitBatchField } from './struct-fields.ts';
import { binaryBatch, compactBatch } from './thrift-batch.ts';

export const METHOD = 'emitBatch';

/**
 * Reads a datagram of UDP 6831: the one-way call `emitBatch(1: Batch)` in the compact protocol. What it returns is whole:
 * neither `index` nor `spans` will throw. Throws `DecodeError`.
 */
export function decodeEmitBatch(datagram: Uint8Array): EncodedBatch {
  const reader = new CompactReader(datagram);
  expectMethod(readCompactCall(reader));
  return readEmitBatch(reader, compactBatch);
}

/** Reads a datagram of UDP 6832: the same call in the binary protocol, strict or not. */
export function decodeEmitBatchBinary(datagram: Uint8Array): EncodedBatch {
  const reader = new BinaryReader(datagram);
  expectMethod(readBinaryCall(reader));
  return readEmitBatch(reader, binaryBatch);
}

/** Reads the arguments of `emitBatch(1: Batch)`. */
export function readEmitBatch(
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

function expectMethod(call: ThriftCall): void {
  if (call.method !== METHOD) throw unknownMethod(call, METHOD);
}
