import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import { readBatchIndex } from './compact-index.ts';
import { readBatchSpans } from './compact-spans.ts';

/** A `jaeger.thrift` Batch in the compact protocol. `index` is given if it was read already. */
export function compactBatch(bytes: Uint8Array, index?: BatchIndex): EncodedBatch {
  return {
    encoding: 'jaeger-thrift-compact',
    bytes,
    index: () => {
      index ??= readBatchIndex(new CompactReader(bytes));
      return index;
    },
    spans: () => readBatchSpans(new CompactReader(bytes)),
  };
}
