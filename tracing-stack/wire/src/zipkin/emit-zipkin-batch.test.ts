import type { Span } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import { decodeAgentCall, decodeAgentCallBinary } from '../agent-call.ts';
import { DecodeError } from '../decode-error.ts';
import { binaryLayout, compactLayout, type ThriftLayout } from '../testkit/index.ts';
import { CompactType } from '../thrift/compact-type.ts';
import { decodeSubmitZipkinBatch } from './emit-zipkin-batch.ts';
import { AnnotationType } from './v1-thrift-fields.ts';

const { TRUE, I16, I32, I64, BINARY, LIST, STRUCT } = CompactType;

type Bytes = readonly number[];

/** Builds the structs of zipkincore.thrift field by field. */
function zipkin(layout: ThriftLayout) {
  const { field, struct, i32, i64, text, list } = layout;
  const i16 = (value: number): Bytes =>
    layout === compactLayout ? i32(value) : [(value >> 8) & 255, value & 255];
  const endpoint = (serviceName: string, ipv4: number, port: number, ipv6?: Uint8Array) =>
    struct(
      field(1, I32, i32(ipv4)),
      field(2, I16, i16(port)),
      field(3, BINARY, text(serviceName)),
      ...(ipv6 ? [field(4, BINARY, text(ipv6))] : []),
    );
  return {
    endpoint,
    annotation: (timestamp: number, value: string, host?: Bytes) =>
      struct(
        field(1, I64, i64(timestamp)),
        field(2, BINARY, text(value)),
        ...(host ? [field(3, STRUCT, host)] : []),
      ),
    tag: (key: string, type: number, value: string | Uint8Array, host?: Bytes) =>
      struct(
        field(1, BINARY, text(key)),
        field(2, BINARY, text(value)),
        field(3, I32, i32(type)),
        ...(host ? [field(4, STRUCT, host)] : []),
      ),
    span: (...rest: Bytes[]) =>
      struct(
        field(1, I64, i64(0xa1)),
        field(3, BINARY, text('op')),
        field(4, I64, i64(0xb2)),
        ...rest,
      ),
    annotations: (...items: Bytes[]) => field(6, LIST, list(STRUCT, items)),
    tags: (...items: Bytes[]) => field(8, LIST, list(STRUCT, items)),
    int64: (id: number, value: number | bigint) => field(id, I64, i64(value)),
    debug: field(9, TRUE),
    call: (...spans: Bytes[]) =>
      layout.message(4, 'emitZipkinBatch', struct(field(1, LIST, list(STRUCT, spans)))),
  };
}

const LOCALHOST = 0x7f00_0001;
const IPV6 = Uint8Array.from({ length: 16 }, (_, i) => i);

const DOORS = [
  ['compact', compactLayout, decodeAgentCall],
  ['binary', binaryLayout, decodeAgentCallBinary],
] as const;

describe.each(DOORS)('emitZipkinBatch in the %s protocol', (_, layout, decode) => {
  const z = zipkin(layout);
  const own = z.endpoint('shop', LOCALHOST, 80);

  function spansOf(...spans: Bytes[]): Span[] {
    const { model, batch } = decode(z.call(...spans));
    expect(model).toBe('zipkin');
    expect(batch.encoding).toBe('jaeger-proto');
    return batch.spans();
  }

  it('is a span with all that Zipkin knows', () => {
    const peer = z.endpoint('db', 0x0a00_0001, -1, IPV6);
    const [span] = spansOf(
      z.span(
        z.int64(5, 0xc3),
        z.annotations(
          z.annotation(1000, 'cs', own),
          z.annotation(1010, 'cache miss'),
          z.annotation(1020, '{"event":"retry","n":"2"}'),
          z.annotation(1030, '{"n":2}'),
          z.annotation(1040, 'cr', own),
        ),
        z.tags(
          z.tag('sa', AnnotationType.BOOL, Uint8Array.of(1), peer),
          z.tag('lc', AnnotationType.STRING, 'pool'),
          z.tag('text', AnnotationType.STRING, 'é'),
          z.tag('yes', AnnotationType.BOOL, Uint8Array.of(1)),
          z.tag('no', AnnotationType.BOOL, Uint8Array.of(0)),
          z.tag('i16', AnnotationType.I16, Uint8Array.of(0xff, 0xfe)),
          z.tag('i32', AnnotationType.I32, Uint8Array.of(0, 0, 1, 0)),
          z.tag('i64', AnnotationType.I64, Uint8Array.of(0x7f, 255, 255, 255, 255, 255, 255, 255)),
          z.tag('double', AnnotationType.DOUBLE, Uint8Array.of(0x3f, 0xf8, 0, 0, 0, 0, 0, 0)),
          z.tag('bytes', AnnotationType.BYTES, Uint8Array.of(1, 2)),
          z.tag('short', AnnotationType.I64, Uint8Array.of(1, 2)),
          z.tag('unknown', 17, 'x'),
          z.tag('jaegerClient', AnnotationType.STRING, 'Go-1.0'),
          z.tag('jaeger.hostname', AnnotationType.STRING, 'h'),
        ),
        z.debug,
        z.int64(10, 999),
        z.int64(11, 50),
        z.int64(12, -1),
      ),
    );
    expect(span).toEqual({
      traceId: `${'f'.repeat(16)}00000000000000a1`,
      spanId: '00000000000000b2',
      operationName: 'op',
      references: [
        {
          refType: 'CHILD_OF',
          traceId: `${'f'.repeat(16)}00000000000000a1`,
          spanId: '00000000000000c3',
        },
      ],
      flags: 2,
      startTime: 999,
      duration: 50,
      tags: [
        { key: 'peer.service', type: 'string', value: 'db' },
        { key: 'peer.ipv4', type: 'int64', value: 0x0a00_0001n },
        { key: 'peer.ipv6', type: 'binary', value: IPV6 },
        { key: 'peer.port', type: 'int64', value: 65535n },
        { key: 'component', type: 'string', value: 'pool' },
        { key: 'text', type: 'string', value: 'é' },
        { key: 'yes', type: 'bool', value: true },
        { key: 'no', type: 'bool', value: false },
        { key: 'i16', type: 'int64', value: -2n },
        { key: 'i32', type: 'int64', value: 256n },
        { key: 'i64', type: 'int64', value: 2n ** 63n - 1n },
        { key: 'double', type: 'float64', value: 1.5 },
        { key: 'bytes', type: 'binary', value: Uint8Array.of(1, 2) },
        {
          key: 'short',
          type: 'string',
          value: 'Cannot parse Zipkin value AQI=: not enough bytes for its type',
        },
        {
          key: 'unknown',
          type: 'string',
          value: 'Cannot parse Zipkin value eA==: unknown zipkin annotation type: 17',
        },
        { key: 'span.kind', type: 'string', value: 'client' },
      ],
      logs: [
        { timestamp: 1010, fields: [{ key: 'event', type: 'string', value: 'cache miss' }] },
        {
          timestamp: 1020,
          fields: [
            { key: 'event', type: 'string', value: 'retry' },
            { key: 'n', type: 'string', value: '2' },
          ],
        },
        { timestamp: 1030, fields: [{ key: 'event', type: 'string', value: '{"n":2}' }] },
      ],
      process: {
        serviceName: 'shop',
        tags: [
          { key: 'jaeger.version', type: 'string', value: 'Go-1.0' },
          { key: 'hostname', type: 'string', value: 'h' },
          { key: 'ip', type: 'int64', value: BigInt(LOCALHOST) },
        ],
      },
      warnings: [],
    });
  });

  it('becomes two spans if it holds both sides of a call', () => {
    const server = z.endpoint('server', 0, 0);
    const both = [
      z.annotation(100, 'cs', own),
      z.annotation(110, 'sr', server),
      z.annotation(120, 'ss', server),
      z.annotation(140, 'cr', own),
    ];
    const shape = ({ startTime, duration, tags, process }: Span) => [
      tags[0]?.value,
      startTime,
      duration,
      process.serviceName,
    ];
    expect(spansOf(z.span(z.annotations(...both))).map(shape)).toEqual([
      ['client', 100, 40, 'shop'],
      ['server', 110, 10, 'shop'],
    ]);
  });

  it('gives one process to all spans that say the same of it', () => {
    const call = z.annotations(z.annotation(1, 'sr', own));
    const [first, second, other] = spansOf(
      z.span(call),
      z.span(call),
      z.span(z.annotations(z.annotation(1, 'sr', z.endpoint('other', LOCALHOST, 80)))),
    );
    expect(first?.process).toBe(second?.process);
    expect(other?.process.serviceName).toBe('other');
  });

  it.each([
    [
      'a call',
      [
        ['x', 'annotation'],
        ['core', 'call'],
      ],
      'core',
    ],
    [
      'a local component before other annotations',
      [
        ['x', 'annotation'],
        ['lc', 'local'],
      ],
      'lc',
    ],
    [
      'any annotation',
      [
        ['x', 'annotation'],
        ['t', 'tag'],
      ],
      'x',
    ],
    ['any tag', [['t', 'tag']], 't'],
    ['nobody', [], 'unknown-service-name'],
  ] as const)('is named by %s', (_by, hosts, name) => {
    const at = (kind: string) =>
      hosts.filter(([, of]) => of === kind).map(([service]) => z.endpoint(service, 0, 0));
    const [span] = spansOf(
      z.span(
        z.annotations(
          ...at('annotation').map((host) => z.annotation(1, 'x', host)),
          ...at('call').map((host) => z.annotation(1, 'sr', host)),
        ),
        z.tags(
          ...at('tag').map((host) => z.tag('t', AnnotationType.STRING, 'v', host)),
          ...at('local').map((host) => z.tag('lc', AnnotationType.STRING, 'v', host)),
        ),
      ),
    );
    expect(span?.process.serviceName).toBe(name);
  });

  it('without spans, or without their list', () => {
    expect(spansOf()).toEqual([]);
    const empty = layout.message(4, 'emitZipkinBatch', layout.struct());
    expect(() => decode(empty)).toThrow(DecodeError);
  });

  it('is refused with a span that has no id', () => {
    const span = layout.struct(layout.field(1, I64, layout.i64(1)));
    expect(() => decode(z.call(span))).toThrow('a span without id');
  });
});

it('submitZipkinBatch of TChannel has the same arguments', () => {
  const { span, annotations, annotation, endpoint } = zipkin(binaryLayout);
  const spans = [span(annotations(annotation(1, 'sr', endpoint('shop', 0, 0))))];
  const args = binaryLayout.struct(binaryLayout.field(1, LIST, binaryLayout.list(STRUCT, spans)));
  const [decoded] = decodeSubmitZipkinBatch(Uint8Array.from(args)).spans();
  expect(decoded).toMatchObject({ operationName: 'op', process: { serviceName: 'shop' } });
});
