import type { KeyValue, Log, Micros, Process, Reference, Span, TraceId } from '@spoor/model';
import { ZERO_SPAN_ID } from '@spoor/model';
import type { SpanFormat, StoredBatch } from '@spoor/storage-api';
import {
  type BatchEncoding,
  decodeEmitBatch,
  encodeEmitBatch,
  openBatch,
  protoBatchBytes,
} from '@spoor/wire';

/** Where the times of samples count from: 2026-11-22T20:00:00Z. */
export const NOON: Micros = 1_795_377_600_000_000;

/** A span in short. Everything has a plain default. */
export interface SampleSpan {
  readonly traceId: TraceId;
  readonly spanId?: string;
  readonly operation?: string;
  /** Microseconds after `NOON`. */
  readonly start?: Micros;
  readonly duration?: Micros;
  readonly tags?: readonly KeyValue[];
  readonly logs?: readonly Log[];
  readonly references?: readonly Reference[];
}

/** A batch in short. */
export interface SampleBatch {
  readonly service?: string;
  readonly processTags?: readonly KeyValue[];
  readonly spans: readonly SampleSpan[];
  readonly format?: SpanFormat;
  readonly addedTags?: readonly KeyValue[];
  readonly arrivalTime?: Micros;
  readonly encoding?: Exclude<BatchEncoding, 'jaeger-thrift-binary'>;
}

/** The batch as a receiver would hand it on: encoded, and read back from its bytes. */
export function sampleBatch(sample: SampleBatch): StoredBatch {
  const process = { serviceName: sample.service ?? 'frontend', tags: sample.processTags ?? [] };
  const spans = sample.spans.map((span, i) => sampleSpan(span, process, i));
  const compact = decodeEmitBatch(encodeEmitBatch(process, spans, 1));
  return {
    batch:
      sample.encoding === 'jaeger-proto'
        ? openBatch('jaeger-proto', protoBatchBytes(compact))
        : compact,
    format: sample.format ?? 'jaeger',
    addedTags: sample.addedTags ?? [],
    arrivalTime: sample.arrivalTime ?? NOON,
  };
}

function sampleSpan(span: SampleSpan, process: Process, place: number): Span {
  return {
    traceId: span.traceId,
    spanId: span.spanId ?? (place + 1).toString(16).padStart(ZERO_SPAN_ID.length, '0'),
    operationName: span.operation ?? 'work',
    references: span.references ?? [],
    flags: 1,
    startTime: NOON + (span.start ?? 0),
    duration: span.duration ?? 100,
    tags: span.tags ?? [],
    logs: span.logs ?? [],
    process,
    warnings: [],
  };
}

export function text(key: string, value: string): KeyValue {
  return { key, type: 'string', value };
}

export function int(key: string, value: bigint): KeyValue {
  return { key, type: 'int64', value };
}

export function float(key: string, value: number): KeyValue {
  return { key, type: 'float64', value };
}

export function bool(key: string, value: boolean): KeyValue {
  return { key, type: 'bool', value };
}

export function binary(key: string, bytes: readonly number[]): KeyValue {
  return { key, type: 'binary', value: Uint8Array.from(bytes) };
}

/** The trace of samples that need but one. */
export const TRACE = '000000000000abcd';

/** A span with something in every field. */
export const RICH: SampleSpan = {
  traceId: '0123456789abcdef0fedcba987654321',
  operation: 'GET /路径',
  start: 5,
  duration: 7,
  references: [
    {
      refType: 'CHILD_OF',
      traceId: '0123456789abcdef0fedcba987654321',
      spanId: '00000000000000ff',
    },
    { refType: 'FOLLOWS_FROM', traceId: TRACE, spanId: 'ffffffffffffffff' },
  ],
  tags: [
    text('span.kind', 'client'),
    int('int', 2n ** 62n + 1n),
    float('float', 0.1),
    bool('bool', true),
    binary('binary', [1, 2, 3]),
  ],
  logs: [{ timestamp: NOON + 6, fields: [text('event', 'x'), int('n', -1n)] }],
};
