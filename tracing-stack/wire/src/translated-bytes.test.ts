import { gunzipSync } from 'node:zlib';
import { type Capture, captures } from '@spoor/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeAgentCall } from './agent-call.ts';
import { DecodeError } from './decode-error.ts';
import type { EncodedBatch } from './encoded-batch.ts';
import { decodeOtlpJson, decodeOtlpProto } from './otlp/export-traces.ts';
import {
  compactField,
  compactMessage,
  compactStruct,
  fateOf,
  indexRows,
  seededRandom,
  spanRows,
} from './testkit/index.ts';
import { CompactType } from './thrift/compact-type.ts';
import {
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
} from './zipkin/zipkin-spans.ts';

// What is no Jaeger batch is translated on the way in. Whatever comes: it is translated whole, or a DecodeError says why not.

interface Door {
  readonly name: string;
  readonly decode: (bytes: Uint8Array) => EncodedBatch;
  readonly good: readonly Capture[];
  /** A beginning of proto may be a message of fewer spans; of all others nothing is left to read. */
  readonly isProto?: true;
  /** How a message begins, so that random bytes get past the first check. */
  readonly start: Uint8Array;
}

const NOW = 1_700_000_000_000;

/** Those of a port whose case has `part` in its name; without the compression that some came in. */
function of(port: number, part: RegExp): Capture[] {
  return captures(port)
    .filter(({ name }) => part.test(name))
    .map((one) => ({
      ...one,
      bytes: one.bytes[0] === 0x1f && one.bytes[1] === 0x8b ? gunzipSync(one.bytes) : one.bytes,
    }));
}

const DOORS: readonly Door[] = [
  {
    name: 'UDP 5775',
    decode: (bytes) => decodeAgentCall(bytes).batch,
    good: captures(5775),
    start: compactMessage(4, 'emitZipkinBatch', [0x19, 0x1c]),
  },
  {
    name: 'HTTP 9411, v1 Thrift',
    decode: decodeZipkinV1Thrift,
    good: of(9411, /thrift/),
    start: Uint8Array.of(0x0c, 0, 0, 0, 1),
  },
  {
    name: 'HTTP 9411, v1 JSON',
    decode: (bytes) => decodeZipkinV1Json(bytes, NOW),
    good: of(9411, /json1|v1/),
    start: Buffer.from('[{"traceId":'),
  },
  {
    name: 'HTTP 9411, v2 JSON',
    decode: decodeZipkinV2Json,
    good: of(9411, /json2|v2|oteljs|otelpy|zipkingo-json/),
    start: Buffer.from('[{"traceId":'),
  },
  {
    name: 'HTTP 9411, v2 proto',
    decode: decodeZipkinV2Proto,
    good: of(9411, /proto/),
    isProto: true,
    start: Uint8Array.of(0x0a),
  },
  {
    name: 'OTLP in proto',
    decode: decodeOtlpProto,
    good: [...captures(4317), ...of(4318, /proto/)],
    isProto: true,
    start: Uint8Array.of(0x0a),
  },
  {
    name: 'OTLP in JSON',
    decode: decodeOtlpJson,
    good: of(4318, /json/),
    start: Buffer.from('{"resourceSpans":[{'),
  },
];

/** Beginnings of one capture at most. */
const MOST_CUTS = 400;

describe.each(DOORS)('$name', ({ decode, good, isProto, start }) => {
  // Thousands of errors are thrown here, and nobody reads where.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('has captures', () => {
    expect(good.length).toBeGreaterThan(0);
  });

  it.each(good)('indexes $name as it decodes it', ({ bytes }) => {
    const batch = decode(bytes);
    expect(batch.encoding).toBe('jaeger-proto');
    expect(indexRows(batch.index())).toEqual(spanRows(batch.spans()));
    expect(batch.index().count).toBeGreaterThan(0);
  });

  it.each(good)('refuses beginnings of $name', ({ bytes }) => {
    const step = Math.ceil(bytes.length / MOST_CUTS);
    const whole = decode(bytes).index().count;
    let refused = 0;
    for (let length = 1; length < bytes.length; length += step) {
      const beginning = bytes.subarray(0, length);
      if (fateOf(decode, beginning) !== 'decoded') refused++;
      else expect(isProto && decode(beginning).index().count < whole).toBe(true);
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('reads captures with bytes changed, or refuses them', () => {
    const random = seededRandom(5775);
    const fates = new Map<string, number>();
    for (const { bytes } of good) {
      for (let i = 0; i < 60; i++) {
        const changed = Uint8Array.from(bytes);
        for (let k = 0; k <= random.below(3); k++) {
          changed[random.below(changed.length)] = random.below(256);
        }
        const fate = fateOf(decode, changed);
        fates.set(fate, (fates.get(fate) ?? 0) + 1);
      }
    }
    // Both must happen, or nothing was shown.
    expect(fates.get('decoded')).toBeGreaterThan(0);
    expect(fates.size).toBeGreaterThan(1);
  });

  it('survives random bytes, with and without the start of a message', () => {
    const random = seededRandom(9411);
    for (let i = 0; i < 2000; i++) {
      const bytes = random.bytes(1 + random.below(200));
      fateOf(decode, bytes);
      expect(fateOf(decode, Buffer.concat([start, bytes, Buffer.of(0xff)]))).not.toBe('decoded');
    }
  });

  it.each([0x00, 0x0a, 0x1c, 0x5b, 0x7b, 0x80, 0xff])('survives 64 KiB of byte %i', (byte) => {
    const bytes = Buffer.concat([start, Buffer.alloc(65_536, byte)]);
    expect(fateOf(decode, bytes)).not.toBe('decoded');
  });
});

describe('what is nested too deep is refused', () => {
  const depth = 300;
  const json = (open: string, close: string) =>
    Buffer.from(`${open.repeat(depth)}${close.repeat(depth)}`);

  it.each([
    ['lists in Zipkin JSON', decodeZipkinV2Json, json('[{"x":[', ']}]')],
    ['objects in Zipkin JSON', decodeZipkinV1Json, json('[{"x":{"y":1},"z":[', ']}]')],
    ['lists in OTLP JSON', decodeOtlpJson, json('{"x":[', ']}')],
    ['structs in Thrift', decodeZipkinV1Thrift, nestedThrift()],
    ['values in OTLP proto', decodeOtlpProto, nestedValue()],
    ['values in OTLP JSON', decodeOtlpJson, nestedJsonValue()],
  ])('%s', (_, decode, bytes) => {
    expect(fateOf(decode, bytes)).toBe('too-deep');
  });

  function nestedThrift(): Uint8Array {
    const fields = Array.from({ length: depth }, () => [12, 0, 99]).flat();
    return Uint8Array.from([12, 0, 0, 0, 1, ...fields, ...Array(depth + 1).fill(0)]);
  }

  function nestedValue(): Uint8Array {
    let value: Buffer = Buffer.alloc(0);
    const message = (tag: number, content: Buffer) => {
      const length = content.length;
      return Buffer.concat([Buffer.of(tag, (length & 0x7f) | 0x80, length >> 7), content]);
    };
    for (let i = 0; i < depth; i++) value = message(0x2a, message(0x0a, value));
    const attribute = message(0x0a, message(0x12, value));
    return message(0x0a, message(0x0a, attribute));
  }

  function nestedJsonValue(): Uint8Array {
    const levels = 40;
    const value = `${'{"arrayValue":{"values":['.repeat(levels)}${']}}'.repeat(levels)}`;
    const attributes = `[{"key":"k","value":${value}}]`;
    return Buffer.from(`{"resourceSpans":[{"resource":{"attributes":${attributes}}}]}`);
  }
});

it('a count of Zipkin spans is not trusted before there is room made for them', () => {
  const args = compactStruct(compactField(1, CompactType.LIST, [0xfc, 0xff, 0xff, 0xff, 0x07]));
  expect(() => decodeAgentCall(compactMessage(4, 'emitZipkinBatch', args))).toThrow(DecodeError);
});
