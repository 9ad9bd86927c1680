import { gunzipSync } from 'node:zlib';
import { type Capture, captures } from '@spoor/fixtures';
import { parentSpanId, type Span, ZERO_SPAN_ID } from '@spoor/model';
import { describe, expect, test } from 'vitest';
import { decodeAgentCall, decodeAgentCallBinary } from '../agent-call.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import { decodePostSpansRequest } from '../jaeger-proto/post-spans.ts';
import { encodeEmitBatch } from '../jaeger-thrift/emit-batch-datagram.ts';
import { decodeSubmitBatches } from '../jaeger-thrift/submit-batches.ts';
import { binaryBatch } from '../jaeger-thrift/thrift-batch.ts';
import type { WireLayout } from '../messages/wire-message.ts';
import { decodeOtlpJson, decodeOtlpProto } from '../otlp/export-traces.ts';
import { ArgumentJoiner } from '../tchannel/call-arguments.ts';
import { decodeCallContinue } from '../tchannel/call-continue.ts';
import { decodeCallReq, encodeCallReq } from '../tchannel/call-req.ts';
import { CollectorMethod } from '../tchannel/collector-methods.ts';
import { encodeFrame, type Frame, FrameType } from '../tchannel/frame.ts';
import { FrameSplitter } from '../tchannel/frame-splitter.ts';
import { seededRandom, usualSpans } from '../testkit/index.ts';
import { decodeSubmitZipkinBatch } from '../zipkin/emit-zipkin-batch.ts';
import {
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
} from '../zipkin/zipkin-spans.ts';
import { dissect, spansWithin } from './dissect.ts';
import { injectedHeader } from './injected-header.ts';
import type { Dissection, Part } from './part.ts';

interface Case {
  readonly name: string;
  readonly layout: WireLayout;
  readonly bytes: Uint8Array;
  /** By the codec that the collector uses, which shares no table with what is tested. */
  readonly spans: () => readonly Span[];
}

const of = (
  ports: readonly number[],
  layout: WireLayout,
  decode: (bytes: Uint8Array) => EncodedBatch,
): Case[] =>
  ports.flatMap(captures).map(({ name, bytes }) => ({
    name,
    layout,
    bytes,
    spans: () => decode(bytes).spans(),
  }));

function zipkinCase({ name, bytes: sent }: Capture): Case {
  const isCompressed = sent[0] === 0x1f && sent[1] === 0x8b;
  const bytes = isCompressed ? gunzipSync(sent) : sent;
  const shared = { name, bytes };
  if (bytes[0] === 0x0c)
    return { ...shared, layout: 'zipkin-thrift', spans: () => decodeZipkinV1Thrift(bytes).spans() };
  if (bytes[0] === 0x0a)
    return { ...shared, layout: 'zipkin-proto', spans: () => decodeZipkinV2Proto(bytes).spans() };
  return /json1|-v1-/.test(name)
    ? { ...shared, layout: 'zipkin-v1-json', spans: () => decodeZipkinV1Json(bytes, 0).spans() }
    : { ...shared, layout: 'zipkin-v2-json', spans: () => decodeZipkinV2Json(bytes).spans() };
}

/** Each call of a connection, with all its frames. */
function tchannelCases({ name, bytes }: Capture): Case[] {
  const calls = new Map<number, Frame[]>();
  for (const frame of new FrameSplitter().split(Buffer.from(bytes)))
    if (frame.type === FrameType.callReq || frame.type === FrameType.callReqContinue)
      calls.set(frame.id, [...(calls.get(frame.id) ?? []), frame]);
  return [...calls].map(([id, frames]) => ({
    name: `${name} call ${id}`,
    layout: 'tchannel-call',
    bytes: Buffer.concat(frames.map(({ type, id, payload }) => encodeFrame(type, id, payload))),
    spans: () => spansOfCall(frames),
  }));
}

function spansOfCall(frames: readonly Frame[]): Span[] {
  const joiner = new ArgumentJoiner(1 << 24);
  for (const frame of frames) {
    const args = joiner.add(
      frame.type === FrameType.callReq ? decodeCallReq(frame).fragment : decodeCallContinue(frame),
    );
    if (args === undefined) continue;
    const [method, , body] = args;
    return method.toString() === CollectorMethod.submitBatches
      ? decodeSubmitBatches(body).flatMap((batch) => batch.spans())
      : decodeSubmitZipkinBatch(body).spans();
  }
  throw new Error('a call that does not end');
}

const isJson = ({ bytes }: Capture) => bytes[0] === 0x7b;
const CASES: Case[] = [
  ...of([6831, 5775], 'thrift-compact-call', (bytes) => decodeAgentCall(bytes).batch),
  ...of([6832], 'thrift-binary-call', (bytes) => decodeAgentCallBinary(bytes).batch),
  ...of([14268], 'jaeger-thrift', binaryBatch),
  ...of([14250], 'jaeger-grpc', decodePostSpansRequest),
  ...of([4317], 'otlp-grpc', decodeOtlpProto),
  ...captures(4318).map((capture): Case => {
    const { name, bytes } = capture;
    return isJson(capture)
      ? { name, bytes, layout: 'otlp-json', spans: () => decodeOtlpJson(bytes).spans() }
      : { name, bytes, layout: 'otlp-proto', spans: () => decodeOtlpProto(bytes).spans() };
  }),
  ...captures(9411).map(zipkinCase),
  ...captures(14267).flatMap(tchannelCases),
];

test('there is a case of every layout', () => {
  expect(new Set(CASES.map(({ layout }) => layout)).size).toBe(12);
  expect(CASES.length).toBeGreaterThan(50);
});

describe.each(CASES)('$name, $layout', ({ layout, bytes, spans }) => {
  test('tells the spans that the collector reads', () => {
    const ours = dissect(layout, bytes).spans.map(({ traceId, spanId, parentId }) => [
      traceId,
      spanId,
      parentId,
    ]);
    const read = spans().map((span) => [
      span.traceId,
      span.spanId,
      parentSpanId(span) ?? ZERO_SPAN_ID,
    ]);
    // Zipkin's are grouped anew, by process.
    expect(ours.sort()).toEqual(read.sort());
  });

  test('tells the same of each of its traces alone', () => {
    const all = dissect(layout, bytes).spans;
    const ids = ({ part: _, ...identity }: (typeof all)[number]) => identity;
    for (const traceId of new Set(all.map((span) => span.traceId))) {
      const own = all.filter((span) => span.traceId === traceId).map(ids);
      expect(dissect(layout, bytes, traceId).spans.map(ids)).toEqual(own);
      // Debug is a bit of Zipkin's that says nothing of who it is.
      const alone = spansWithin(layout, bytes, traceId).map(({ flags: _, ...rest }) =>
        ids(rest as never),
      );
      expect(alone).toEqual(own.map(({ flags: _, ...rest }) => rest));
    }
  });

  test('says what every byte means, parts inside parts', () => {
    const { bytes: shown, parts, rebuilt } = dissect(layout, bytes);
    expect(parts.filter(({ type }) => type === 'unreadable')).toEqual([]);
    expect(wronglyNested(parts)).toEqual([]);
    // JSON has white space and commas between its parts, and what goes through several frames has their heads.
    const gapless = layout.endsWith('json') || layout === 'tchannel-call' ? [] : parts;
    expect(gaps(gapless)).toEqual([]);
    expect(Math.max(...parts.map(({ end }) => end))).toBe(shown.length);
    expect(Buffer.compare(shown.subarray(rebuilt), bytes)).toBe(0);
  });

  test('shows where the ids stand', () => {
    const { bytes: shown, parts } = dissect(layout, bytes);
    const ids = parts.filter(({ role }) => role !== undefined && role !== 'flags');
    expect(ids.length).toBeGreaterThan(0);
    // In compact Thrift they are zigzag, which a test below has by hand.
    const written = layout === 'thrift-compact-call' ? [] : ids;
    for (const { valueStart, end, value = '' } of written) {
      const hex = layout.endsWith('json')
        ? Buffer.from(JSON.stringify(value)).toString('hex')
        : value;
      expect(Buffer.from(shown.subarray(valueStart, end)).toString('hex')).toBe(hex);
    }
  });
});

/** Parts that do not lie in the part that they should, or before the one ahead of them. */
function wronglyNested(parts: readonly Part[]): Part[] {
  const open: Part[] = [];
  return parts.filter((part) => {
    const before = open[part.depth];
    const holder = open[part.depth - 1];
    open.length = part.depth;
    open.push(part);
    const { valueStart = part.start } = part;
    if (valueStart < part.start || valueStart > part.end) return true;
    const isOutside = holder && (part.start < holder.start || part.end > holder.end);
    return isOutside || part.end < part.start || (before && part.start < before.start);
  });
}

/** Pairs of neighbours in the same part with bytes between them, or bytes that both say. */
function gaps(parts: readonly Part[]): [Part, Part][] {
  const before: Part[] = [];
  return parts.flatMap((part): [Part, Part][] => {
    const neighbour = before[part.depth];
    before.length = part.depth;
    before.push(part);
    return neighbour && neighbour.end !== part.start ? [[neighbour, part]] : [];
  });
}

const captured = (name: string) => {
  const found = CASES.find((each) => each.name.startsWith(name));
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** Each part as it is drawn: indented, with its bytes in hex. */
function drawn({ parts, bytes }: Dissection, from: number, count: number): string[] {
  return parts.slice(from, from + count).map(({ depth, start, end, id, name, type, value }) => {
    const hex = Buffer.from(bytes.subarray(start, Math.min(end, start + 12))).toString('hex');
    const words = [id === undefined ? name : `${id} ${name}`, type, value, hex];
    return '  '.repeat(depth) + words.filter((word) => word !== undefined).join(' | ');
  });
}

test('a datagram of compact Thrift, field by field', () => {
  const { layout, bytes } = captured('go-seed-inner-udp/001');
  const dissection = dissect(layout, bytes);
  expect(drawn(dissection, 0, 4)).toEqual([
    'protocol id | byte | 0x82 | 82',
    'type and version | 3 + 5 bits | CALL, 1 | 21',
    'seqid | varint | 1 | 01',
    'method | string | emitBatch | 09656d69744261746368',
  ]);
  const [span] = dissection.spans;
  // Compact Thrift's integers are zigzag: the digits of an id are not to be found in its bytes.
  expect(drawn(dissection, (span?.part ?? 0) + 1, 4)).toEqual([
    '        1 traceIdLow | i64 | 7f59d62bb390d34d | 169acd86b9f68aebd9fe01',
    '        2 traceIdHigh | i64 | 0000000000000000 | 1600',
    '        3 spanId | i64 | 0ce3d89fb247d562 | 16c4d5bea4f6a7ece319',
    '        4 parentSpanId | i64 | 5a5bb5787d9c03d4 | 16a88fe0d98fdedadbb401',
  ]);
});

test("a frame of TChannel with its 25 bytes of tracing, and the call's struct behind it", () => {
  const { layout, bytes } = captured('agent-old-go-inner/001-tchannel-14267.bin call');
  const dissection = dissect(layout, bytes);
  const at = dissection.parts.findIndex(({ name }) => name === 'tracing');
  expect(drawn(dissection, at, 6)).toEqual([
    '  tracing | 25 bytes | 000000000000000000000000',
    '    spanid | :8 | 0000000000000000 | 0000000000000000',
    '    parentid | :8 | 0000000000000000 | 0000000000000000',
    '    traceid | :8 | 0000000000000000 | 0000000000000000',
    '    traceflags | :1 | 0 | 00',
    '  service | ~1 | jaeger-collector | 106a61656765722d636f6c6c',
  ]);
  const tracing = dissection.parts[at];
  expect((tracing?.end ?? 0) - (tracing?.start ?? 0)).toBe(25);
  expect(dissection.parts).toContainEqual(
    expect.objectContaining({ depth: 0, name: 'arg3', type: 'submitBatches' }),
  );
});

test('a call that goes through several frames has its struct where its bytes are', () => {
  const whole = captured('agent-old-go-inner/001-tchannel-14267.bin call');
  const [frame] = new FrameSplitter().split(Buffer.from(whole.bytes));
  if (frame === undefined) throw new Error('no frame');
  const { fragment, ...head } = decodeCallReq(frame);
  const args = new ArgumentJoiner(1 << 20).add(fragment);
  if (args === undefined) throw new Error('no arguments');
  const frames = encodeCallReq(head, { id: 7, checksumType: 0, args, maxFrameBytes: 300 });
  expect(frames.length).toBeGreaterThan(3);
  const bytes = Buffer.concat(frames);
  const { parts, spans } = dissect('tchannel-call', bytes);
  expect(spans.map(({ spanId }) => spanId)).toEqual(
    dissect('tchannel-call', whole.bytes).spans.map(({ spanId }) => spanId),
  );
  const ids = parts.filter(({ role }) => role === 'spanId');
  expect(ids).toHaveLength(spans.length);
  for (const { end, value } of ids)
    expect(bytes.subarray(end - 8, end).toString('hex')).toBe(value);
});

test('what gRPC takes off is put before the message again', () => {
  const { layout, bytes } = captured('agent-new-go-inner/001');
  const dissection = dissect(layout, bytes);
  expect(dissection.rebuilt).toBe(5);
  expect(dissection.bytes.length).toBe(bytes.length + 5);
  expect(drawn(dissection, 0, 3)).toEqual([
    'gRPC prefix | 5 bytes | 00000001ed',
    '  compressed | :1 | 0 | 00',
    '  length | :4 | 493 | 000001ed',
  ]);
});

test('spans of other traces are left closed', () => {
  const { layout, bytes } = captured('zipkingo-json/001');
  const all = dissect(layout, bytes);
  const [first] = all.spans;
  const none = dissect(layout, bytes, '00000000000000aa');
  expect(none.spans).toEqual([]);
  expect(none.parts.map(({ type }) => type)).toEqual(['array', ...Array(5).fill('Span')]);
  expect(dissect(layout, bytes, first?.traceId).parts).toEqual(all.parts);
});

test.each([
  'thrift-compact-call',
  'jaeger-thrift',
  'otlp-proto',
  'zipkin-v2-json',
  'tchannel-call',
] as const)('bytes that are no %s end in a part that says why', (layout) => {
  for (const bytes of [Buffer.from('{"'), Buffer.alloc(40, 0xff), Buffer.alloc(0)]) {
    const { parts } = dissect(layout, bytes);
    if (bytes.length > 0) expect(parts.at(-1)).toMatchObject({ type: 'unreadable', depth: 0 });
  }
});

describe.each(CASES.filter(({ bytes }) => bytes.length < 3000))(
  '$name cut anywhere',
  ({ layout, bytes }) => {
    test('does not fail', () => {
      for (let end = 0; end < bytes.length; end += 31)
        expect(() => dissect(layout, bytes.subarray(0, end))).not.toThrow();
    });
  },
);

describe('the header that was injected', () => {
  const headerOf = (name: string) => {
    const { layout, bytes } = captured(name);
    const [span] = dissect(layout, bytes).spans;
    if (span === undefined) throw new Error('no span');
    const { name: header, pieces } = injectedHeader(layout, span);
    return `${header}: ${pieces.map(({ text }) => text).join('')}`;
  };

  test.each([
    [
      'go-seed-inner-udp/001',
      'uber-trace-id: 7f59d62bb390d34d:0ce3d89fb247d562:5a5bb5787d9c03d4:1',
    ],
    [
      'agent-new-go-inner/001',
      'uber-trace-id: 6e27f6fd2ac4d814:238fb67507fad6ad:2a003156bf9569fa:1',
    ],
    ['zipkingo-json/001', 'b3: 52af3b6d632010e3-44e3fa4f05694c11-1-52af3b6d632010e3'],
  ])('of a span of %s is %s', (name, header) => {
    expect(headerOf(name)).toBe(header);
  });

  test('of a span of OTLP is traceparent', () => {
    expect(headerOf('oteljs-kitchen-otlp-proto/001')).toMatch(
      /^traceparent: 00-[\da-f]{32}-[\da-f]{16}-01$/,
    );
  });
});

test('of a message of very many parts all spans are told, the last ones without theirs', () => {
  const process = { serviceName: 'large', tags: [] };
  const all = usualSpans(seededRandom(1), 2_500);
  const bytes = encodeEmitBatch(process, all, 1);
  const { parts, spans } = dissect('thrift-compact-call', bytes);
  expect(spans.map(({ spanId }) => spanId)).toEqual(all.map(({ spanId }) => spanId));
  expect(parts.length).toBeLessThan(60_000);
  const depthBehind = (at: number) => parts[(spans[at]?.part ?? 0) + 1]?.depth ?? 0;
  const { depth = 0 } = parts[spans[0]?.part ?? 0] ?? {};
  expect(depthBehind(0)).toBe(depth + 1);
  expect(depthBehind(2_400)).toBe(depth);
});
