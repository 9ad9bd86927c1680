import type { EncodedBatch } from '../encoded-batch.ts';
import { ProtoReader } from '../proto/proto-reader.ts';
import { ProtoWriter } from '../proto/proto-writer.ts';
import { END } from '../proto/wire-type.ts';
import { protoBatch } from './proto-batch.ts';
import { PostSpansField } from './proto-fields.ts';
import { readBatchIndex } from './proto-index.ts';

/**
 * Reads a `PostSpansRequest` of gRPC 14250. What it returns is whole: neither `index` nor `spans` will throw. An empty
 * request is an empty batch. Throws `DecodeError`.
 */
export function decodePostSpansRequest(request: Uint8Array): EncodedBatch {
  const reader = new ProtoReader(request);
  const parts: Uint8Array[] = [];
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === PostSpansField.batch) {
      const start = reader.binary();
      parts.push(request.subarray(start, reader.offset));
    } else reader.skipField(tag);
  }
  // Batches in the same field are merged, which is what reading one behind the other does.
  const bytes = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  return protoBatch(bytes, readBatchIndex(bytes));
}

/** The `PostSpansRequest` for a batch that `protoBatchBytes` gave. */
export function encodePostSpansRequest(batchBytes: Uint8Array): Uint8Array {
  const writer = new ProtoWriter(batchBytes.length + 6);
  writer.varint32(PostSpansField.batch);
  writer.binary(batchBytes);
  return writer.bytes();
}
