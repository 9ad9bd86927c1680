import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { readBatchIndex } from './proto-index.ts';
import { readBatchSpans } from './proto-spans.ts';

/** A `jaeger.api_v2.Batch`. `index` is given if it was read already. */
export function protoBatch(bytes: Uint8Array, index?: BatchIndex): EncodedBatch {
  return {
    encoding: 'jaeger-proto',
    bytes,
    index: () => {
      index ??= readBatchIndex(bytes);
      return index;
    },
    spans: () => readBatchSpans(bytes),
  };
}
