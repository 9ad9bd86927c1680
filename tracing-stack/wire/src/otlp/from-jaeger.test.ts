import { fileURLToPath } from 'node:url';
import type { KeyValue, Span } from '@spoor/model';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { randomSpans, seededRandom } from '../testkit/index.ts';
import { otlpFromSpans } from './from-jaeger.ts';
import { readOtlpJson } from './otlp-json.ts';
import { encodeOtlpJson } from './otlp-json-encode.ts';
import { readOtlpProto } from './otlp-proto.ts';
import { encodeOtlpProto } from './otlp-proto-encode.ts';
import type { AnyValue, OtlpResourceSpans, OtlpSpan } from './otlp-trace.ts';

const PROTOS = fileURLToPath(new URL('../../../../protos', import.meta.url));

const text = (key: string, value: string): KeyValue => ({ key, type: 'string', value });
const yes = (key: string): KeyValue => ({ key, type: 'bool', value: true });
const int = (key: string, value: bigint): KeyValue => ({ key, type: 'int64', value });

const SPAN: Span = {
  traceId: '000000000000f500',
  spanId: '0000000000000001',
  operationName: 'o',
  references: [],
  flags: 1,
  startTime: 1_795_370_313_000_000,
  duration: 5,
  tags: [],
  logs: [],
  process: { serviceName: 's', tags: [] },
  warnings: [],
};

function otlp(more: Partial<Span>): OtlpSpan {
  const [resource] = otlpFromSpans([{ ...SPAN, ...more }]);
  return resource?.scopes[0]?.spans[0] as OtlpSpan;
}

describe("a Jaeger span as one of OpenTelemetry's", () => {
  it.each<[string, KeyValue[], number, string, string[]]>([
    ['nothing', [], 0, '', []],
    ['an error', [yes('error')], 2, '', []],
    ['an error as a text', [text('error', 'true')], 0, '', ['error']],
    ['no error', [{ key: 'error', type: 'bool', value: false }], 0, '', ['error']],
    ['a status', [text('otel.status_code', 'Ok')], 1, '', []],
    [
      'a failure with its description',
      [text('otel.status_code', 'ERROR'), text('otel.status_description', 'why')],
      2,
      'why',
      [],
    ],
    [
      'an error, and a status that says otherwise',
      [yes('error'), text('otel.status_code', 'OK'), text('http.status_message', 'm')],
      2,
      'm',
      ['http.status_message'],
    ],
    ['an HTTP failure', [int('http.status_code', 503n)], 2, '', ['http.status_code']],
    ['an HTTP success', [text('http.status_code', '204')], 0, '', ['http.status_code']],
    [
      "a client's 404",
      [text('span.kind', 'client'), int('http.status_code', 404n)],
      2,
      '',
      ['http.status_code'],
    ],
    [
      "a server's 404",
      [text('span.kind', 'server'), int('http.status_code', 404n)],
      0,
      '',
      ['http.status_code'],
    ],
  ])('with %s in its tags has that status', (_, tags, code, message, left) => {
    const { statusCode, statusMessage, attributes } = otlp({ tags });
    expect([statusCode, statusMessage]).toEqual([code, message]);
    expect(attributes.map(({ key }) => key)).toEqual(left);
  });

  it('is below its parent, and linked to what it otherwise refers to', () => {
    const { traceId } = SPAN;
    const parent = { refType: 'CHILD_OF', traceId, spanId: '0000000000000007' } as const;
    const other = { refType: 'FOLLOWS_FROM', traceId, spanId: '0000000000000008' } as const;
    expect(otlp({ references: [other, parent] })).toMatchObject({
      parentSpanId: parent.spanId,
      links: [
        {
          spanId: other.spanId,
          attributes: [{ key: 'opentracing.ref_type', value: 'follows_from' }],
        },
      ],
    });
    expect(otlp({ references: [other] })).toMatchObject({
      parentSpanId: other.spanId,
      links: [{ spanId: other.spanId }],
    });
  });

  it('gives its scope, kind, trace state and the names of its events to the fields for them', () => {
    const tags = [
      text('span.kind', 'consumer'),
      text('otel.scope.name', 'lib'),
      text('a', '1'),
      text('otel.scope.version', '1.2'),
      text('w3c.tracestate', 'x=y'),
      text('a', '2'),
    ];
    const logs = [{ timestamp: 7, fields: [text('event', 'evt'), text('e', 'v')] }];
    const [resource] = otlpFromSpans([
      { ...SPAN, tags, logs },
      { ...SPAN, spanId: '02' },
    ]);
    expect(resource?.scopes.map(({ name, version }) => [name, version])).toEqual([
      ['lib', '1.2'],
      ['', ''],
    ]);
    expect(resource?.scopes[0]?.spans[0]).toMatchObject({
      kind: 5,
      traceState: 'x=y',
      attributes: [{ key: 'a', value: '2' }],
      events: [{ time: 7000n, name: 'evt', attributes: [{ key: 'e', value: 'v' }] }],
    });
  });

  it('is of a resource that equal processes share, under the names that OpenTelemetry has', () => {
    const process = () => ({
      serviceName: 's',
      tags: [text('hostname', 'h'), int('n', 7n), text('jaeger.version', 'Go-2')],
    });
    const resources = otlpFromSpans([
      { ...SPAN, process: process() },
      { ...SPAN, process: process() },
      {
        ...SPAN,
        process: { serviceName: 's', tags: [text('host.name', 'a'), text('hostname', 'b')] },
      },
    ]);
    expect(resources.map(({ scopes }) => scopes[0]?.spans.length)).toEqual([2, 1]);
    expect(
      resources.map(({ attributes }) => attributes.map(({ key, value }) => [key, value])),
    ).toEqual([
      [
        ['service.name', 's'],
        ['host.name', 'h'],
        ['n', 7n],
        ['opencensus.exporterversion', 'Jaeger-Go-2'],
      ],
      [
        ['service.name', 's'],
        ['host.name', 'a'],
        ['hostname', 'b'],
      ],
    ]);
  });

  it('may come before 1970', () => {
    expect(otlp({ startTime: -1, duration: -1 })).toMatchObject({
      startTime: 2n ** 64n - 1000n,
      endTime: 2n ** 64n - 2000n,
    });
  });
});

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** What no span of Jaeger's has, and OTLP does. */
const DEEP: AnyValue = [
  1n,
  -0,
  [undefined, Uint8Array.of()],
  new Map<string, AnyValue>([['k', '']]),
];

function resources(seed: number): OtlpResourceSpans[] {
  const random = seededRandom(seed);
  const made = [...randomSpans(random), ...randomSpans(random)];
  return otlpFromSpans(made).map((resource, index) => ({
    ...resource,
    attributes: [...resource.attributes, { key: `deep ${index}`, value: DEEP }],
  }));
}

describe.each(SEEDS)('what is written of random spans (seed %i)', (seed) => {
  const written = resources(seed);

  it('is read again from proto', () => {
    expect(readOtlpProto(encodeOtlpProto(written))).toEqual(written);
  });

  it('is read again from JSON', () => {
    const json = `{"resourceSpans":[${encodeOtlpJson(written).join(',')}]}`;
    expect(readOtlpJson(Buffer.from(json))).toEqual(written);
  });

  it('is the same to another reader of proto', async () => {
    const root = await protobuf.load(`${PROTOS}/otlp.proto`);
    const name = 'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest';
    const type = root.lookupType(name);
    const again = type.encode(type.decode(encodeOtlpProto(written))).finish();
    expect(readOtlpProto(again)).toEqual(written);
  });
});
