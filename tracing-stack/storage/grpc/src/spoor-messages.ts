import { type KeyValue, MAX_MICROS, type Micros } from '@spoor/model';
import type { SpanFormat, StoredBatch, TraceQuery } from '@spoor/storage-api';
import type { BatchEncoding } from '@spoor/wire';

// The messages of protos/spoor-storage.proto as they are sent. What is left out is not asked for.

const ENCODINGS: Readonly<Record<BatchEncoding, string>> = {
  'jaeger-thrift-compact': 'JAEGER_THRIFT_COMPACT',
  'jaeger-thrift-binary': 'JAEGER_THRIFT_BINARY',
  'jaeger-proto': 'JAEGER_PROTO',
};

const FORMATS: Readonly<Record<SpanFormat, string>> = {
  jaeger: 'JAEGER',
  proto: 'PROTO',
  zipkin: 'ZIPKIN',
  otlp: 'OTLP',
};

export function writeBatchRequest({ batch, format, addedTags, arrivalTime }: StoredBatch): object {
  return {
    encoding: ENCODINGS[batch.encoding],
    format: format === undefined ? 'FORMAT_UNSPECIFIED' : FORMATS[format],
    addedTags: addedTags.map(keyValueMessage),
    arrivalTime: wholeMicros(arrivalTime),
    batch: batch.bytes,
  };
}

export function traceQueryMessage(query: TraceQuery): object {
  const { serviceName, operationName, tags, durationMin, durationMax, limit, order } = query;
  return {
    ...(serviceName !== undefined && { serviceName }),
    ...(operationName !== undefined && { operationName }),
    tags: Object.fromEntries(tags),
    startTimeMin: wholeMicros(Math.ceil(query.startTimeMin)),
    startTimeMax: wholeMicros(Math.floor(query.startTimeMax)),
    ...(durationMin !== undefined && { durationMin: wholeMicros(Math.ceil(durationMin)) }),
    ...(durationMax !== undefined && { durationMax: wholeMicros(Math.floor(durationMax)) }),
    ...limitOf(limit),
    ...(order === 'longest-first' && { order: 'LONGEST_FIRST' }),
  };
}

export function arrivalsRequest(cursor: string | undefined, limit: number): object {
  return { ...(cursor !== undefined && { cursor }), ...limitOf(limit) };
}

const MAX_UINT32 = 0xffff_ffff;

/** No limit is absent; one below zero is zero. */
function limitOf(limit: number): { readonly limit?: number } {
  return limit > MAX_UINT32 ? {} : { limit: Math.max(0, Math.ceil(limit)) };
}

function wholeMicros(time: Micros): string {
  return BigInt(Math.trunc(Math.min(MAX_MICROS, Math.max(-MAX_MICROS, time)))).toString();
}

function keyValueMessage({ key, type, value }: KeyValue): object {
  switch (type) {
    case 'string':
      return { key, vStr: value };
    case 'bool':
      return { key, vType: 'BOOL', vBool: value };
    case 'int64':
      return { key, vType: 'INT64', vInt64: value.toString() };
    case 'float64':
      return { key, vType: 'FLOAT64', vFloat64: value };
    case 'binary':
      return { key, vType: 'BINARY', vBinary: value };
  }
}
