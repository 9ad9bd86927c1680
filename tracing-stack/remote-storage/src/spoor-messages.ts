import { status } from '@grpc/grpc-js';
import type { KeyValue, Micros } from '@spoor/model';
import { CallError } from '@spoor/platform/grpc';
import type { SpanFormat, StoredBatch, TraceQuery } from '@spoor/storage-api';
import { type BatchEncoding, openBatch } from '@spoor/wire';

// The messages of protos/spoor-storage.proto as they arrive. What is `optional` and was not sent is not there.

/** `jaeger.api_v2.KeyValue`. */
export interface KeyValueMessage {
  readonly key: string;
  readonly vType: string;
  readonly vStr: string;
  readonly vBool: boolean;
  readonly vInt64: string;
  readonly vFloat64: number;
  readonly vBinary: Uint8Array;
}

export interface WriteBatchRequest {
  readonly encoding: string;
  readonly format: string;
  readonly addedTags: readonly KeyValueMessage[];
  readonly arrivalTime: string;
  readonly batch: Uint8Array;
}

export interface TraceQueryMessage {
  readonly serviceName?: string;
  readonly operationName?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly startTimeMin: string;
  readonly startTimeMax: string;
  readonly durationMin?: string;
  readonly durationMax?: string;
  readonly limit?: number;
  readonly order: string;
}

export interface ArrivalsRequest {
  readonly cursor?: string;
  readonly limit?: number;
}

const ENCODINGS: Readonly<Record<string, BatchEncoding>> = {
  JAEGER_THRIFT_COMPACT: 'jaeger-thrift-compact',
  JAEGER_THRIFT_BINARY: 'jaeger-thrift-binary',
  JAEGER_PROTO: 'jaeger-proto',
};

const FORMATS: Readonly<Record<string, SpanFormat | undefined>> = {
  FORMAT_UNSPECIFIED: undefined,
  JAEGER: 'jaeger',
  PROTO: 'proto',
  ZIPKIN: 'zipkin',
  OTLP: 'otlp',
};

/** Throws `CallError` for an encoding or format that is not known here. The bytes are not looked at. */
export function storedBatch(message: WriteBatchRequest): StoredBatch {
  const encoding = ENCODINGS[message.encoding];
  if (encoding === undefined)
    throw new CallError(status.INVALID_ARGUMENT, `encoding ${message.encoding}`);
  if (!(message.format in FORMATS))
    throw new CallError(status.INVALID_ARGUMENT, `format ${message.format}`);
  return {
    batch: openBatch(encoding, message.batch),
    format: FORMATS[message.format],
    addedTags: message.addedTags.map(keyValue),
    arrivalTime: Number(message.arrivalTime),
  };
}

export function traceQuery(message: TraceQueryMessage): TraceQuery {
  const { serviceName, operationName, tags, durationMin, durationMax, limit, order } = message;
  return {
    ...(serviceName !== undefined && { serviceName }),
    ...(operationName !== undefined && { operationName }),
    tags: new Map(Object.entries(tags)),
    startTimeMin: Number(message.startTimeMin),
    startTimeMax: Number(message.startTimeMax),
    ...micros('durationMin', durationMin),
    ...micros('durationMax', durationMax),
    limit: limit ?? Number.POSITIVE_INFINITY,
    ...(order === 'LONGEST_FIRST' && { order: 'longest-first' }),
  };
}

function micros<K extends string>(
  key: K,
  text: string | undefined,
): { readonly [k in K]?: Micros } {
  return text === undefined ? {} : ({ [key]: Number(text) } as { readonly [k in K]: Micros });
}

function keyValue({ key, ...message }: KeyValueMessage): KeyValue {
  switch (message.vType) {
    case 'BOOL':
      return { key, type: 'bool', value: message.vBool };
    case 'INT64':
      return { key, type: 'int64', value: BigInt(message.vInt64) };
    case 'FLOAT64':
      return { key, type: 'float64', value: message.vFloat64 };
    case 'BINARY':
      return { key, type: 'binary', value: Uint8Array.from(message.vBinary) };
    default:
      return { key, type: 'string', value: message.vStr };
  }
}
