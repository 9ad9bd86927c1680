import type { KeyValue, Log, Micros, Process, Reference, Span, TraceId } from '@spoor/model';
import { ZERO_SPAN_ID } from '@spoor/model';
import type { SpanFormat, StoredBatch } from '@spoor/storage-api';
import {
  type BatchEncoding,
  decodeEmitBatch,
  encodeBinaryBatch,
  encodeEmitBatch,
  encodeProtoBatch,
  openBatch,
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
  /** Only proto has a place for them. */
  readonly warnings?: readonly string[];
  /** Another than the batch's; only proto can say it. */
  readonly service?: string;
}

/** A batch in short. */
export interface SampleBatch {
  /** `null` for no process at all, which only proto can say. */
  readonly service?: string | null;
  readonly processTags?: readonly KeyValue[];
  readonly spans: readonly SampleSpan[];
  /** `null` where the spans say it themselves. */
  readonly format?: SpanFormat | null;
  readonly addedTags?: readonly KeyValue[];
  readonly arrivalTime?: Micros;
  readonly encoding?: BatchEncoding;
}

/** Every encoding that a store may be given. */
export const ENCODINGS = [
  'jaeger-thrift-compact',
  'jaeger-thrift-binary',
  'jaeger-proto',
] as const satisfies readonly BatchEncoding[];

/** The batch as a receiver would hand it on: encoded, and read back from its bytes. */
export function sampleBatch(sample: SampleBatch): StoredBatch {
  const { encoding = 'jaeger-thrift-compact', service = 'frontend' } = sample;
  const process = { serviceName: service ?? '', tags: sample.processTags ?? [] };
  const spans = sample.spans.map((span, i) => sampleSpan(span, process, i));
  const bytes = encode(encoding, process, spans);
  return {
    batch: openBatch(encoding, service === null ? withoutProcess(bytes) : bytes),
    format: sample.format === null ? undefined : (sample.format ?? 'jaeger'),
    addedTags: sample.addedTags ?? [],
    arrivalTime: sample.arrivalTime ?? NOON,
  };
}

/** A proto batch of `count` equal spans that have ids and nothing else: 30 bytes each, as few as can be. */
export function spansAlone(count: number): StoredBatch {
  const ids = `0a10${TRACE.padStart(32, '0')}1208${'1'.padStart(16, '0')}`;
  const span = Buffer.from(`0a1c${ids}`, 'hex');
  return {
    batch: openBatch('jaeger-proto', Buffer.alloc(count * span.length, span)),
    format: 'jaeger',
    addedTags: [],
    arrivalTime: NOON,
  };
}

function encode(encoding: BatchEncoding, process: Process, spans: readonly Span[]): Uint8Array {
  switch (encoding) {
    case 'jaeger-thrift-compact':
      return decodeEmitBatch(encodeEmitBatch(process, spans, 1)).bytes;
    case 'jaeger-thrift-binary':
      return encodeBinaryBatch(process, spans);
    case 'jaeger-proto':
      return encodeProtoBatch(spans);
  }
}

/** A proto batch ends with its process: for one without name and tags these are field 2 and a length of 0. */
function withoutProcess(proto: Uint8Array): Uint8Array {
  const end = proto.length - 2;
  if (proto[end] !== 0x12 || proto[end + 1] !== 0) throw new Error('no process without a name');
  return proto.subarray(0, end);
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
    process: span.service === undefined ? process : { serviceName: span.service, tags: [] },
    warnings: span.warnings ?? [],
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
