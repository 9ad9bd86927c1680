import type { Span } from '@spoor/model';
import type { EncodedBatch } from '../encoded-batch.ts';
import { protoBatch } from '../jaeger-proto/proto-batch.ts';
import { encodeProtoBatch } from '../jaeger-proto/proto-encode.ts';
import { readOtlpJson } from './otlp-json.ts';
import { readOtlpProto } from './otlp-proto.ts';
import { otlpSpans } from './otlp-spans.ts';

/** Reads an `ExportTraceServiceRequest` of gRPC 4317 or HTTP 4318, and writes its spans as Jaeger's. Throws `DecodeError`. */
export function decodeOtlpProto(bytes: Uint8Array): EncodedBatch {
  return protoBatch(encodeProtoBatch(otlpSpans(readOtlpProto(bytes))));
}

/** The same request in OTLP's JSON, of HTTP 4318. Throws `DecodeError`. */
export function decodeOtlpJson(bytes: Uint8Array): EncodedBatch {
  return protoBatch(encodeProtoBatch(otlpJsonSpans(bytes)));
}

/** The spans of the same, which are not to be stored. Throws `DecodeError`. */
export function otlpJsonSpans(bytes: Uint8Array): Span[] {
  return otlpSpans(readOtlpJson(bytes));
}
