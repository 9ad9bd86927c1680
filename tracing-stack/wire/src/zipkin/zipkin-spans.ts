import { DecodeError } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import { protoBatch } from '../jaeger-proto/proto-batch.ts';
import { encodeProtoBatch } from '../jaeger-proto/proto-encode.ts';
import { checkJsonSyntax } from '../json/go-json-syntax.ts';
import { otlpSpans } from '../otlp/otlp-spans.ts';
import type { OtlpResourceSpans } from '../otlp/otlp-trace.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { readV1Json } from './v1-json.ts';
import { v1OtlpTraces } from './v1-otlp.ts';
import { readV1Spans } from './v1-thrift.ts';
import { readV2Json } from './v2-json.ts';
import { v2OtlpTraces } from './v2-otlp.ts';
import { readV2Proto } from './v2-proto.ts';

// The four bodies that HTTP 9411 takes. Each is turned into Jaeger's proto. All throw `DecodeError`, whose `reason` is what
// Jaeger answers where it refuses too.

/** `POST /api/v1/spans` with `application/x-thrift`: a `list<Span>` of zipkincore.thrift in the binary protocol. */
export function decodeZipkinV1Thrift(bytes: Uint8Array): EncodedBatch {
  return batchOf(v1OtlpTraces(readV1Spans(new BinaryReader(bytes))));
}

/** `POST /api/v1/spans` with JSON. A span that says no time at all is of `now`, in milliseconds since 1970. */
export function decodeZipkinV1Json(bytes: Uint8Array, now = Date.now()): EncodedBatch {
  const spans = inGoWords(bytes, 'zipkinv1: ', () => readV1Json(bytes));
  return batchOf(v1OtlpTraces(spans).map((resource) => withStart(resource, now)));
}

/** `POST /api/v2/spans` with JSON. */
export function decodeZipkinV2Json(bytes: Uint8Array): EncodedBatch {
  return batchOf(v2OtlpTraces(inGoWords(bytes, '', () => readV2Json(bytes))));
}

/** `POST /api/v2/spans` with `application/x-protobuf`: a `ListOfSpans`. */
export function decodeZipkinV2Proto(bytes: Uint8Array): EncodedBatch {
  return batchOf(v2OtlpTraces(readV2Proto(bytes)));
}

function batchOf(traces: readonly OtlpResourceSpans[]): EncodedBatch {
  return protoBatch(encodeProtoBatch(otlpSpans(traces)));
}

/** Go looks at the syntax of the whole before it reads any of it. */
function inGoWords<T>(bytes: Uint8Array, start: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    try {
      checkJsonSyntax(Buffer.from(bytes).toString());
    } catch (fault) {
      if (!(fault instanceof DecodeError)) throw fault;
      throw new DecodeError(fault.code, fault.offset, start + fault.reason);
    }
    throw error;
  }
}

function withStart({ attributes, scopes }: OtlpResourceSpans, now: number): OtlpResourceSpans {
  const time = BigInt(now) * 1_000_000n;
  return {
    attributes,
    scopes: scopes.map((scope) => ({
      ...scope,
      spans: scope.spans.map((span) =>
        span.startTime > 0n
          ? span
          : {
              ...span,
              startTime: time,
              endTime: time,
              attributes: [
                ...span.attributes,
                { key: 'otel.zipkin.absentField.startTime', value: true },
              ],
            },
      ),
    })),
  };
}
