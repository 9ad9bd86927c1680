import type { Span } from '@spoor/model';
import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import { readBatchIndex } from './batch-index.ts';
import { readBatchSpans } from './batch-spans.ts';

/** A `jaeger.thrift` Batch in the compact protocol. `index` is given if it was read already. */
export function compactBatch(bytes: Uint8Array, index?: BatchIndex): EncodedBatch {
  return new CompactBatch(bytes, index);
}

class CompactBatch implements EncodedBatch {
  readonly encoding = 'jaeger-thrift-compact';
  readonly bytes: Uint8Array;
  private known: BatchIndex | undefined;

  constructor(bytes: Uint8Array, index: BatchIndex | undefined) {
    this.bytes = bytes;
    this.known = index;
  }

  index(): BatchIndex {
    this.known ??= readBatchIndex(new CompactReader(this.bytes));
    return this.known;
  }

  spans(): Span[] {
    return readBatchSpans(new CompactReader(this.bytes));
  }
}
