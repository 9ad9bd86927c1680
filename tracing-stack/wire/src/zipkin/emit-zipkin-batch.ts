import { DecodeError } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import { protoBatch } from '../jaeger-proto/proto-batch.ts';
import { encodeProtoBatch } from '../jaeger-proto/proto-encode.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { v1JaegerSpans } from './v1-jaeger.ts';
import { sanitizeV1Span } from './v1-sanitize.ts';
import type { V1Span } from './v1-span.ts';
import { readV1Spans } from './v1-thrift.ts';
import { EmitZipkinBatchField } from './v1-thrift-fields.ts';

export const EMIT_ZIPKIN_BATCH = 'emitZipkinBatch';

/** Reads the arguments of the one-way call `emitZipkinBatch(1: list<Span>)` to an agent. Throws `DecodeError`. */
export function readEmitZipkinBatch(reader: ThriftReader): EncodedBatch {
  let spans: V1Span[] | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === EmitZipkinBatchField.spans) spans = readV1Spans(reader);
    else reader.skipField(key);
  }
  if (spans === undefined) {
    throw new DecodeError('missing-field', reader.offset, 'emitZipkinBatch without spans');
  }
  return protoBatch(encodeProtoBatch(v1JaegerSpans(spans.map(sanitizeV1Span))));
}

/** Reads arg3 of TChannel's `ZipkinCollector::submitZipkinBatch`: the same arguments, in the binary protocol. */
export function decodeSubmitZipkinBatch(arg3: Uint8Array): EncodedBatch {
  return readEmitZipkinBatch(new BinaryReader(arg3));
}
