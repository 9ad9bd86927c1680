import { captures } from '@spoor/fixtures';
import { NULL_PROCESS_SERVICE_NAME } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { decodeEmitBatch } from '../jaeger-thrift/emit-batch.ts';
import { encodeEmitBatch } from '../jaeger-thrift/emit-batch-datagram.ts';
import {
  indexRows,
  protoBytes,
  protoDouble,
  protoInteger,
  protoMessage,
  protoVarint,
  randomProcess,
  randomSpans,
  seededRandom,
  spanRows,
} from '../testkit/index.ts';
import { decodePostSpansRequest, encodePostSpansRequest } from './post-spans.ts';
import { protoBatch } from './proto-batch.ts';
import { encodeProtoBatch, protoBatchBytes } from './proto-encode.ts';

type Bytes = readonly number[];
const message = (number: number, ...fields: Bytes[]) => protoBytes(number, protoMessage(...fields));
const id = (number: number, hex: string) => protoBytes(number, Buffer.from(hex, 'hex'));
const time = (number: number, seconds: number, nanos: number) =>
  message(number, protoInteger(1, seconds), protoInteger(2, nanos));
const text = (number: number, key: string, value: string) =>
  message(number, protoBytes(1, key), protoBytes(3, value));

const TRACE_ID = `${'00'.repeat(14)}00ab`;
const PROCESS = [protoBytes(1, 'service'), text(2, 'p', 'q')];

/** The one span of a request, after the index has said the same of it. */
function spanOf(...batchFields: Bytes[]) {
  const batch = decodePostSpansRequest(protoMessage(message(1, ...batchFields)));
  const spans = batch.spans();
  expect(indexRows(batch.index())).toEqual(spanRows(spans));
  const [span] = spans;
  if (span === undefined || spans.length !== 1) throw new Error(`${spans.length} spans`);
  return span;
}

describe('a request laid out field by field', () => {
  it('is read field by field, the process behind the spans as Go writes it', () => {
    const span = spanOf(
      message(
        1,
        ...[id(1, TRACE_ID), id(2, '8000000000000000'), protoBytes(3, 'op')],
        message(4, id(1, `${'00'.repeat(7)}01${'00'.repeat(8)}`), id(2, '00000000000000cd')),
        message(4, id(1, TRACE_ID), id(2, '00000000000000ce'), protoInteger(3, 1)),
        protoInteger(5, 0xffff_ffff),
        ...[time(6, 1_795_371_722, 453_525_999), time(7, -1, -500_001_000)],
        message(8, protoBytes(1, 'span.kind'), protoBytes(3, 'server')),
        message(8, protoBytes(1, 'b'), protoInteger(2, 1), protoInteger(4, 1)),
        message(8, protoBytes(1, 'i'), protoInteger(2, 2), protoInteger(5, -3)),
        message(8, protoBytes(1, 'f'), protoInteger(2, 3), protoDouble(6, 0.5)),
        message(8, protoBytes(1, 'x'), protoInteger(2, 4), protoBytes(7, 'ab')),
        message(8, protoBytes(1, '?'), protoInteger(2, 9), protoBytes(3, 'v')),
        message(9, time(1, 5, 6000), text(2, 'event', 'e')),
        ...[protoBytes(11, 'p1'), protoBytes(12, 'careful')],
      ),
      message(2, ...PROCESS),
    );
    expect(span).toEqual({
      traceId: '00000000000000ab',
      spanId: '8000000000000000',
      operationName: 'op',
      references: [
        {
          refType: 'CHILD_OF',
          traceId: '00000000000000010000000000000000',
          spanId: '00000000000000cd',
        },
        { refType: 'FOLLOWS_FROM', traceId: '00000000000000ab', spanId: '00000000000000ce' },
      ],
      flags: 0xffff_ffff,
      startTime: 1_795_371_722_453_525,
      duration: -1_500_001,
      tags: [
        { key: 'span.kind', type: 'string', value: 'server' },
        { key: 'b', type: 'bool', value: true },
        { key: 'i', type: 'int64', value: -3n },
        { key: 'f', type: 'float64', value: 0.5 },
        { key: 'x', type: 'binary', value: Uint8Array.of(0x61, 0x62) },
        { key: '?', type: 'string', value: 'v' },
      ],
      logs: [{ timestamp: 5_000_006, fields: [{ key: 'event', type: 'string', value: 'e' }] }],
      process: { serviceName: 'service', tags: [{ key: 'p', type: 'string', value: 'q' }] },
      warnings: ['careful'],
    });
  });

  it('takes an absent field for its zero, as Jaeger takes a span without ids', () => {
    expect(spanOf(message(1), message(2))).toEqual({
      ...{ traceId: '0000000000000000', spanId: '0000000000000000', operationName: '' },
      ...{ references: [], flags: 0, startTime: 0, duration: 0, tags: [], logs: [], warnings: [] },
      process: { serviceName: '', tags: [] },
    });
  });

  it('lets the last scalar win, merges messages and appends what is repeated', () => {
    const span = spanOf(
      message(2, protoBytes(1, 'first'), text(2, 'a', '1')),
      message(
        1,
        ...[
          id(1, 'ff'.repeat(16)),
          id(1, '00000000000000ab'),
          id(2, '11'.repeat(8)),
          id(2, '22'.repeat(8)),
        ],
        ...[protoBytes(3, 'first'), protoBytes(3, 'last'), protoInteger(5, 7), protoInteger(5, 1)],
        ...[message(6, protoInteger(1, 3)), message(6, protoInteger(2, 9000))],
        message(
          8,
          protoBytes(1, 'k'),
          protoBytes(1, 'key'),
          protoBytes(3, 'v'),
          protoBytes(3, 'w'),
        ),
      ),
      message(2, protoBytes(1, 'last'), text(2, 'b', '2')),
    );
    expect(span).toMatchObject({
      ...{ traceId: '00000000000000ab', spanId: '22'.repeat(8), operationName: 'last', flags: 1 },
      startTime: 3_000_009,
      tags: [{ key: 'key', value: 'w' }],
      process: { serviceName: 'last', tags: [{ key: 'a' }, { key: 'b' }] },
    });
  });

  it.each([
    ['the id of the trace behind a reference', [], [id(1, TRACE_ID)], true],
    ['another id of the trace behind it', [id(1, TRACE_ID)], [id(1, 'ff'.repeat(16))], false],
    ['the id twice, and then it is its', [id(1, 'ff'.repeat(16))], [id(1, TRACE_ID)], true],
  ])('with %s, a span is a child by the last', (_, before, after, isChild) => {
    const reference = message(4, id(1, TRACE_ID), id(2, '00000000000000ce'));
    const batch = decodePostSpansRequest(
      protoMessage(message(1, message(1, ...before, reference, ...after))),
    );
    expect(indexRows(batch.index())).toEqual(spanRows(batch.spans()));
    expect([...batch.index().roots]).toEqual([isChild ? 0 : 1]);
  });

  it('merges batches in the same field', () => {
    const one = message(1, message(1, protoBytes(3, 'a')), message(2, protoBytes(1, 's')));
    const two = message(1, message(1, protoBytes(3, 'b')));
    const batch = decodePostSpansRequest(protoMessage(one, two));
    expect(batch.spans().map((span) => span.operationName)).toEqual(['a', 'b']);
    expect(indexRows(batch.index())).toEqual(spanRows(batch.spans()));
    expect(new Set(batch.spans().map((span) => span.process)).size).toBe(1);
  });

  it('passes over unknown fields of every wire type, and known ones of another', () => {
    const group = [...protoVarint(99 * 8 + 3), ...protoInteger(1, 1), ...protoVarint(99 * 8 + 4)];
    const fixed32 = [...protoVarint(98 * 8 + 5), 1, 2, 3, 4];
    const unknown = [protoInteger(90, 1), protoDouble(91, 1), protoBytes(92, 'x'), group, fixed32];
    const wrong = [protoInteger(1, 5), protoDouble(3, 1)];
    const span = spanOf(
      ...unknown,
      message(
        1,
        ...unknown,
        ...wrong,
        protoBytes(3, 'op'),
        ...wrong,
        message(8, ...unknown, protoBytes(1, 'k')),
      ),
      message(2, ...unknown, ...wrong, protoBytes(1, 's')),
    );
    expect(span).toMatchObject({
      operationName: 'op',
      tags: [{ key: 'k' }],
      process: { serviceName: 's' },
    });
  });

  it.each([
    [0, 0, 0],
    [1, 999, 1_000_000],
    [1, 1999, 1_000_001],
    // Before 1970 the sum is what is cut, and towards zero: -999,999.001 µs.
    [-1, 999, -999_999],
    [-1, 0, -1_000_000],
    [-2, 999_999_999, -1_000_000],
    [4_102_444_799, 999_999_999, 4_102_444_799_999_999],
  ])('cuts the timestamp of %i s and %i ns to %i µs', (seconds, nanos, micros) => {
    expect(spanOf(message(1, time(6, seconds, nanos))).startTime).toBe(micros);
  });

  it.each([
    [0, -1, 0],
    [0, -1999, -1],
    [-1, -999, -1_000_000],
    [-1, -1000, -1_000_001],
  ])('cuts the duration of %i s and %i ns to %i µs', (seconds, nanos, micros) => {
    expect(spanOf(message(1, time(7, seconds, nanos))).duration).toBe(micros);
  });
});

describe('the process of a span', () => {
  it('is its own before the batch’s, and even an empty one of its own', () => {
    const request = protoMessage(
      message(
        1,
        message(1, protoBytes(3, 'of batch')),
        message(1, protoBytes(3, 'own'), message(10, protoBytes(1, 'own'), text(2, 'a', '1'))),
        message(
          1,
          protoBytes(3, 'own again'),
          message(10, protoBytes(1, 'own'), text(2, 'a', '1')),
        ),
        message(1, protoBytes(3, 'empty'), message(10)),
        message(2, ...PROCESS),
      ),
    );
    const batch = decodePostSpansRequest(request);
    const spans = batch.spans();
    expect(spans.map(({ process }) => process.serviceName)).toEqual(['service', 'own', 'own', '']);
    expect(spans[1]?.process).toBe(spans[2]?.process);
    expect(batch.index().processes.map(({ serviceName }) => serviceName)).toEqual([
      'service',
      'own',
      '',
    ]);
    expect([...batch.index().processOf]).toEqual([0, 1, 1, 2]);
    expect(indexRows(batch.index())).toEqual(spanRows(spans));
    expect(protoBatch(encodeProtoBatch(spans)).spans()).toEqual(spans);
  });

  it('may be absent everywhere', () => {
    const batch = decodePostSpansRequest(
      protoMessage(message(1, message(1), message(1, message(10)))),
    );
    expect(batch.index().processes.map(({ serviceName }) => serviceName)).toEqual([undefined, '']);
    expect([...batch.index().processOf]).toEqual([0, 1]);
    const names = batch.spans().map(({ process }) => process.serviceName);
    expect(names).toEqual([NULL_PROCESS_SERVICE_NAME, '']);
  });
});

describe('what Jaeger refuses', () => {
  it.each<[string, Bytes, string]>([
    ['a trace id of 3 bytes', message(1, id(1, '010203')), 'a trace id of 3 bytes'],
    ['a trace id of no bytes', message(1, id(1, '')), 'a trace id of 0 bytes'],
    ['a span id of 16 bytes', message(1, id(2, TRACE_ID)), 'a span id of 16 bytes'],
    [
      'a referenced trace id of 4 bytes',
      message(1, message(4, id(1, '01020304'))),
      'a trace id of 4 bytes',
    ],
    [
      'a referenced span id of 4 bytes',
      message(1, message(4, id(2, '01020304'))),
      'a span id of 4 bytes',
    ],
    [
      'a timestamp with a second of nanoseconds',
      message(1, time(6, 1, 1e9)),
      'a timestamp with 1000000000 nanoseconds',
    ],
    [
      'a timestamp with negative nanoseconds',
      message(1, time(6, 1, -1)),
      'a timestamp with -1 nanoseconds',
    ],
    [
      'the same in a log',
      message(1, message(9, time(1, 1, -1))),
      'a timestamp with -1 nanoseconds',
    ],
    ['a duration of two signs', message(1, time(7, 1, -1)), 'a duration of 1 s and -1 ns'],
  ])('%s', (_, span, words) => {
    const bytes = protoMessage(span);
    const batch = protoBatch(bytes);
    for (const read of [
      () => decodePostSpansRequest(protoMessage(protoBytes(1, bytes))),
      () => batch.index(),
      () => batch.spans(),
    ]) {
      expect(read).toThrow(DecodeError);
      expect(read).toThrow(words);
    }
  });
});

// Requests to Jaeger 1.62 and what it said to them.
describe('a request that Jaeger 1.62 answered', () => {
  const process = '12220a08677270632d737663120d0a08686f73746e616d651a016812070a016e10022807';
  const times = '320808c9da8cd80610003a06080010e0c65b';
  it.each([
    [
      'of a trace id of 8 bytes: OK',
      `0a550a2f0a08000000000000a103120800000000000000011a05386279746528 01${times}${process}`,
    ],
    ['without ids: OK', `0a2d0a071a056e6f696473${process}`],
    [
      'without a process: OK',
      `0a3e0a3c0a100000000000000000000000000000a102120800000000000000011a0a6e6f2d70726f636573732801${times}`,
    ],
    ['without a batch: OK', ''],
  ])('%s', (_, hex) => {
    const batch = decodePostSpansRequest(Buffer.from(hex.replace(' ', ''), 'hex'));
    expect(indexRows(batch.index())).toEqual(spanRows(batch.spans()));
  });

  it('with a trace id of 3 bytes: invalid length for TraceID', () => {
    const hex = `0a500a2a0a03010203120800000000000000011a0562616469642801${times}${process}`;
    expect(() => decodePostSpansRequest(Buffer.from(hex, 'hex'))).toThrow('a trace id of 3 bytes');
  });
});

describe('what is encoded', () => {
  it.each(Array.from({ length: 150 }, (_, seed) => seed))('is decoded again, seed %i', (seed) => {
    const random = seededRandom(seed);
    const strangers = randomSpans(random).map((span, i) => ({
      ...span,
      process: i % 3 === 0 ? randomProcess(random) : span.process,
      warnings: i % 5 === 0 ? ['w', ''] : [],
    }));
    const batch = decodePostSpansRequest(encodePostSpansRequest(encodeProtoBatch(strangers)));
    expect(batch.spans()).toEqual(strangers);
    expect(indexRows(batch.index())).toEqual(spanRows(strangers));
  });

  it.each(captures(14250))('is the same again for $name', ({ bytes }) => {
    const batch = decodePostSpansRequest(bytes);
    expect(protoBatchBytes(batch)).toBe(batch.bytes);
    expect(protoBatch(encodeProtoBatch(batch.spans())).spans()).toEqual(batch.spans());
    expect([...encodePostSpansRequest(batch.bytes)]).toEqual([...bytes]);
  });

  it.each(captures(6831))('says in proto what $name says in Thrift', ({ bytes }) => {
    const thrift = decodeEmitBatch(bytes);
    const proto = protoBatch(protoBatchBytes(thrift));
    expect(proto.spans()).toEqual(thrift.spans());
    // What the client says of itself has no field in proto.
    const { client: _, ...index } = thrift.index();
    expect(proto.index()).toEqual(index);
  });

  it('writes the process once, behind the spans', () => {
    const spans = randomSpans(seededRandom(2));
    const [first] = spans;
    if (first === undefined) throw new Error('no spans');
    const named = spans.map((span) => ({
      ...span,
      process: { serviceName: 'only-once', tags: [] },
    }));
    const shared = encodeEmitBatch({ serviceName: 'only-once', tags: [] }, named, 1);
    const bytes = Buffer.from(protoBatchBytes(decodeEmitBatch(shared)));
    expect(bytes.indexOf('only-once')).toBe(bytes.length - 9);
  });
});
