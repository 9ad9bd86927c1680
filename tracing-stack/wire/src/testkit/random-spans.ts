import {
  type KeyValue,
  type Log,
  type Process,
  type Reference,
  type Span,
  type SpanId,
  spanIdFromInt64,
  type TraceId,
  traceIdFromHighLow,
} from '@spoor/model';
import type { Random } from './random.ts';

// Spans at the edges: every type of value, empty and non-ASCII texts, the extremes of 64 bits, 0 and -0, NaN, repeated
// keys, references of every kind. Whatever comes out is in canonical form, so that decode∘encode must give it back.

const TEXTS = ['', 'a', 'GET /orders', 'span.kind', 'server', '厨房', '🦡', 'nul\0inside', 'é'];
const INTEGERS = [
  0n,
  1n,
  -1n,
  200n,
  8080n,
  2n ** 31n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const DOUBLES = [
  0,
  -0,
  1,
  -1,
  0.25,
  1e10,
  1.5e-7,
  2 ** 40,
  Number.NaN,
  Infinity,
  -Infinity,
  5e-324,
];
const MICROS = [0, 1, -1, -1_000_000, 999_999, 1_795_371_722_453_525, -86_400_000_001, 2 ** 52];

export function randomText(random: Random): string {
  if (!random.oneIn(4)) return random.pick(TEXTS) + random.pick(TEXTS);
  return String.fromCharCode(...random.bytes(random.below(100)));
}

export function randomTag(random: Random): KeyValue {
  const key = random.oneIn(5) ? random.pick(['span.kind', 'sampler.type']) : randomText(random);
  switch (random.below(5)) {
    case 0:
      return { key, type: 'bool', value: random.oneIn(2) };
    case 1:
      return {
        key,
        type: 'int64',
        value: random.oneIn(2) ? random.int64() : random.pick(INTEGERS),
      };
    case 2:
      return { key, type: 'float64', value: randomDouble(random) };
    case 3:
      return { key, type: 'binary', value: random.bytes(random.below(40)) };
    default:
      return { key, type: 'string', value: randomText(random) };
  }
}

export function randomProcess(random: Random): Process {
  return { serviceName: randomText(random), tags: randomTags(random) };
}

export function randomSpan(random: Random, process: Process): Span {
  const traceId = randomTraceId(random);
  return {
    traceId,
    spanId: spanIdFromInt64(random.int64()),
    operationName: randomText(random),
    references: Array.from({ length: random.below(4) }, () => randomReference(random, traceId)),
    flags: random.pick([0, 1, 3, 0xffff_ffff]),
    startTime: randomMicros(random),
    duration: randomMicros(random),
    tags: randomTags(random),
    logs: Array.from({ length: random.below(4) }, () => randomLog(random)),
    process,
    warnings: [],
  };
}

/** Up to 20 spans of one process. */
export function randomSpans(random: Random): Span[] {
  const process = randomProcess(random);
  return Array.from({ length: 1 + random.below(20) }, () => randomSpan(random, process));
}

function randomTags(random: Random): KeyValue[] {
  return Array.from({ length: random.below(20) }, () => randomTag(random));
}

function randomLog(random: Random): Log {
  return { timestamp: randomMicros(random), fields: randomTags(random) };
}

/** Mostly to few spans of the own trace, so that one is named twice now and then. */
function randomReference(random: Random, own: TraceId): Reference {
  const spanId: SpanId = random.pick(['0000000000000000', '0000000000000001', 'fedcba9876543210']);
  const refType = random.oneIn(3) ? 'FOLLOWS_FROM' : 'CHILD_OF';
  return { refType, traceId: random.oneIn(3) ? randomTraceId(random) : own, spanId };
}

function randomTraceId(random: Random): TraceId {
  return traceIdFromHighLow(random.oneIn(2) ? random.int64() : 0n, random.int64());
}

function randomDouble(random: Random): number {
  if (random.oneIn(2)) return random.pick(DOUBLES);
  return new DataView(random.bytes(8).buffer).getFloat64(0);
}

function randomMicros(random: Random): number {
  return random.oneIn(2) ? random.pick(MICROS) : Number(random.int64() >> 11n);
}
