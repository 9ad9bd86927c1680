import { DecodeError } from './decode-error.ts';
import type { BatchEncoding, EncodedBatch } from './encoded-batch.ts';
import { protoBatch } from './jaeger-proto/proto-batch.ts';
import { binaryBatch, compactBatch } from './jaeger-thrift/thrift-batch.ts';

/**
 * Opens bytes that a store kept. Reads nothing yet: `index` and `spans` throw if the bytes are bad. Throws `DecodeError`
 * at once for an encoding that has no reader.
 */
export function openBatch(encoding: BatchEncoding, bytes: Uint8Array): EncodedBatch {
  switch (encoding) {
    case 'jaeger-thrift-compact':
      return compactBatch(bytes);
    case 'jaeger-thrift-binary':
      return binaryBatch(bytes);
    case 'jaeger-proto':
      return protoBatch(bytes);
    default:
      throw new DecodeError('bad-message', 0, `no reader for a batch in "${encoding}"`);
  }
}
