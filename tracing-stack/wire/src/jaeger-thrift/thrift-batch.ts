import type { Span } from '@spoor/model';
import type { BatchIndex, EncodedBatch } from '../encoded-batch.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import { readBatchIndex } from './batch-index.ts';
import { readBatchSpans } from './batch-spans.ts';

const READERS = {
  'jaeger-thrift-compact': CompactReader,
  'jaeger-thrift-binary': BinaryReader,
} as const;

/** A `jaeger.thrift` Batch in the compact protocol. `index` is given if it was read already. */
export function compactBatch(bytes: Uint8Array, index?: BatchIndex): EncodedBatch {
  return new ThriftBatch('jaeger-thrift-compact', bytes, index);
}

/** A `jaeger.thrift` Batch in the binary protocol, as 14268 takes it. `index` is given if it was read already. */
export function binaryBatch(bytes: Uint8Array, index?: BatchIndex): EncodedBatch {
  return new ThriftBatch('jaeger-thrift-binary', bytes, index);
}

class ThriftBatch implements EncodedBatch {
  readonly encoding: keyof typeof READERS;
  readonly bytes: Uint8Array;
  private known: BatchIndex | undefined;

  constructor(encoding: keyof typeof READERS, bytes: Uint8Array, index: BatchIndex | undefined) {
    this.encoding = encoding;
    this.bytes = bytes;
    this.known = index;
  }

  index(): BatchIndex {
    this.known ??= readBatchIndex(new READERS[this.encoding](this.bytes));
    return this.known;
  }

  spans(): Span[] {
    return readBatchSpans(new READERS[this.encoding](this.bytes));
  }
}
