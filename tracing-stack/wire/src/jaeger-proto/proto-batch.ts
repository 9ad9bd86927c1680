import type { Span } from '@spoor/model';
import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { readBatchIndex } from './proto-index.ts';
import { readBatchSpans } from './proto-spans.ts';

/** A `jaeger.api_v2.Batch`. `index` is given if it was read already. */
export function protoBatch(bytes: Uint8Array, index?: BatchIndex): EncodedBatch {
  return new ProtoBatch(bytes, index);
}

class ProtoBatch implements EncodedBatch {
  readonly encoding = 'jaeger-proto';
  readonly bytes: Uint8Array;
  private known: BatchIndex | undefined;

  constructor(bytes: Uint8Array, index: BatchIndex | undefined) {
    this.bytes = bytes;
    this.known = index;
  }

  index(): BatchIndex {
    this.known ??= readBatchIndex(this.bytes);
    return this.known;
  }

  spans(): Span[] {
    return readBatchSpans(this.bytes);
  }
}
