import { exchange } from '@spoor/fixtures';
import type { KeyValue, Span } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { decodeOtlpJson, decodeOtlpProto } from './export-traces.ts';

const TRACE = '0000000000000000000000000000f500';
const PARENT = '0000000000000001';
const IDS = { traceId: TRACE, spanId: '0000000000000002' };

/** The spans of a request that is one resource with one scope. */
function spansOf(span: object, scope: object = {}, resource?: object): Span[] {
  const scopeSpans = [{ scope, spans: [{ ...IDS, ...span }] }];
  const request = { resourceSpans: [{ ...(resource && { resource }), scopeSpans }] };
  return decodeOtlpJson(Buffer.from(JSON.stringify(request))).spans();
}

function tagOf(value: unknown): KeyValue | undefined {
  return spansOf({ attributes: [{ key: 'k', value }] })[0]?.tags[0];
}

const text = (key: string, value: string) => ({ key, type: 'string', value });

describe('a span of OpenTelemetry', () => {
  it.each<[string, object, object[]]>([
    ['of kind internal', { kind: 1 }, [text('span.kind', 'internal')]],
    ['of kind server, by its name', { kind: 'SPAN_KIND_SERVER' }, [text('span.kind', 'server')]],
    ['of kind client', { kind: 3 }, [text('span.kind', 'client')]],
    ['of kind producer', { kind: 4 }, [text('span.kind', 'producer')]],
    ['of kind consumer', { kind: 5 }, [text('span.kind', 'consumer')]],
    ['of a kind to come', { kind: 99 }, []],
    ['that is well', { status: { code: 'STATUS_CODE_OK' } }, [text('otel.status_code', 'OK')]],
    [
      'that failed',
      { status: { code: 2, message: 'why' } },
      [
        text('otel.status_code', 'ERROR'),
        { key: 'error', type: 'bool', value: true },
        text('otel.status_description', 'why'),
      ],
    ],
    ['with a trace state', { trace_state: 'a=b' }, [text('w3c.tracestate', 'a=b')]],
    ['with nothing', {}, []],
  ])('%s', (_, span, tags) => {
    expect(spansOf(span)[0]?.tags).toEqual(tags);
  });

  it('has the scope before its attributes, and the kind behind them', () => {
    const [span] = spansOf(
      { kind: 2, attributes: [{ key: 'a', value: { boolValue: false } }] },
      { name: 'lib', version: '1.2' },
    );
    expect(span?.tags).toEqual([
      text('otel.scope.name', 'lib'),
      text('otel.scope.version', '1.2'),
      { key: 'a', type: 'bool', value: false },
      text('span.kind', 'server'),
    ]);
  });

  it.each<[string, object[] | undefined, string, object[]]>([
    ['nothing', undefined, 'OTLPResourceNoServiceName', []],
    ['no attributes', [], 'OTLPResourceNoServiceName', []],
    ['no name', [{ key: 'h', value: { stringValue: 'x' } }], '', [text('h', 'x')]],
    ['a number for its name', [{ key: 'service.name', value: { intValue: 1 } }], '', []],
    [
      'a name',
      [
        { key: 'service.name', value: { stringValue: 'shop' } },
        { key: 'pid', value: { intValue: '7' } },
      ],
      'shop',
      [{ key: 'pid', type: 'int64', value: 7n }],
    ],
  ])('is of a process of which is told %s', (_, attributes, serviceName, tags) => {
    const [span] = spansOf({}, {}, attributes && { attributes });
    expect(span?.process).toEqual({ serviceName, tags });
  });

  it.each<[object | null, Partial<KeyValue>]>([
    [{ stringValue: 'é' }, { type: 'string', value: 'é' }],
    [{ intValue: '-9223372036854775808' }, { type: 'int64', value: -(2n ** 63n) }],
    [{ intValue: 5 }, { type: 'int64', value: 5n }],
    [{ intValue: '9223372036854775808' }, { type: 'float64', value: 2 ** 63 }],
    [{ intValue: 1e21 }, { type: 'float64', value: 1e21 }],
    [{ doubleValue: 1.5 }, { type: 'float64', value: 1.5 }],
    [{ doubleValue: '2.5' }, { type: 'float64', value: 2.5 }],
    [{ doubleValue: 'NaN' }, { type: 'float64', value: Number.NaN }],
    [{ doubleValue: '-Infinity' }, { type: 'float64', value: -Infinity }],
    [{ bytesValue: 'AQI=' }, { type: 'binary', value: Uint8Array.of(1, 2) }],
    [{}, { type: 'string', value: '' }],
    [null, { type: 'string', value: '' }],
    [
      {
        kvlistValue: {
          values: [
            { key: 'z', value: { stringValue: '<"\u2028' } },
            {
              key: 'a',
              value: { arrayValue: { values: [{ intValue: '2' }, {}, { doubleValue: 'NaN' }] } },
            },
            { key: 'b', value: { bytesValue: 'AQI=' } },
            { key: 'e', value: { arrayValue: {} } },
            { key: 'm', value: { kvlistValue: { values: [] } } },
            { key: 'd', value: { doubleValue: 1e21 } },
          ],
        },
      },
      {
        type: 'string',
        value: '{"a":[2,null,"NaN"],"b":"AQI=","d":1e+21,"e":[],"m":{},"z":"\\u003c\\"\\u2028"}',
      },
    ],
  ])('has the attribute %j', (value, tag) => {
    expect(tagOf(value)).toEqual({ key: 'k', ...tag });
  });

  it('has its parent as the first reference, of the type that a link to it says', () => {
    const link = (spanId: string, type?: string) => ({
      traceId: TRACE,
      spanId,
      attributes: type ? [{ key: 'opentracing.ref_type', value: { stringValue: type } }] : [],
    });
    const references = (links: object[]) =>
      spansOf({ parentSpanId: PARENT, links })[0]?.references.map(
        ({ refType, spanId }) => `${refType} ${Number.parseInt(spanId, 16)}`,
      );
    expect(references([])).toEqual(['CHILD_OF 1']);
    expect(references([link('0000000000000009')])).toEqual(['CHILD_OF 1', 'FOLLOWS_FROM 9']);
    expect(references([link('0000000000000009', 'child_of')])).toEqual([
      'CHILD_OF 1',
      'CHILD_OF 9',
    ]);
    expect(references([link(PARENT)])).toEqual(['FOLLOWS_FROM 1']);
    expect(spansOf({ parentSpanId: '' })[0]?.references).toEqual([]);
  });

  it('has events as logs', () => {
    const value = { stringValue: 'v' };
    const [span] = spansOf({
      events: [
        { timeUnixNano: '1999', name: 'n', attributes: [{ key: 'k', value }] },
        { timeUnixNano: 2000, name: 'n', attributes: [{ key: 'event', value }] },
        { name: '' },
      ],
    });
    expect(span?.logs).toEqual([
      { timestamp: 1, fields: [text('event', 'n'), text('k', 'v')] },
      { timestamp: 2, fields: [text('event', 'v')] },
      { timestamp: 0, fields: [] },
    ]);
  });

  it('lasts from its start to its end, also backwards, in whole microseconds', () => {
    const times = (startTimeUnixNano: string, endTimeUnixNano: string) => {
      const [span] = spansOf({ startTimeUnixNano, endTimeUnixNano });
      return [span?.startTime, span?.duration];
    };
    expect(times('1795370313000000999', '1795370313000002998')).toEqual([1_795_370_313_000_000, 1]);
    expect(times('5000', '2000')).toEqual([5, -3]);
  });

  it('of before 0.15 lies in libraries', () => {
    const spans = [{ ...IDS, name: 'old' }];
    const instrumentationLibrarySpans = [{ instrumentationLibrary: { name: 'lib' }, spans }];
    const request = { resourceSpans: [{ instrumentationLibrarySpans }] };
    const [span] = decodeOtlpJson(Buffer.from(JSON.stringify(request))).spans();
    expect(span).toMatchObject({ operationName: 'old', tags: [text('otel.scope.name', 'lib')] });
  });
});

it('the same in proto and in JSON', () => {
  const recorded = exchange('collector/otlp-proto').requestBody as Uint8Array;
  const inJson = spansOf(
    {
      traceId: '0000000000000000000000000000f600',
      spanId: PARENT,
      name: 'otlp-proto-root',
      kind: 2,
      startTimeUnixNano: '1795370313000000000',
      endTimeUnixNano: '1795370313001000000',
      attributes: [{ key: 'k', value: { stringValue: 'v' } }],
    },
    {},
    { attributes: [{ key: 'service.name', value: { stringValue: 'otlp-proto-svc' } }] },
  );
  expect(decodeOtlpProto(recorded).spans()).toEqual(inJson);
});

it('no spans are an empty batch', () => {
  for (const json of ['{}', 'null', '{"resourceSpans":[]}', '{"resourceSpans":null,"x":[1,{}]}'])
    expect(decodeOtlpJson(Buffer.from(json)).spans()).toEqual([]);
  expect(decodeOtlpProto(new Uint8Array(0)).spans()).toEqual([]);
});

describe('is refused', () => {
  it.each([
    ['{bad', 'ReadObjectCB: expect " after {, but found b, error found in #2 byte of'],
    [
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz"}]}]}]}',
      'readSpan.traceId: parse trace_id:invalid length for ID',
    ],
    [
      `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${'z'.repeat(32)}"}]}]}]}`,
      'cannot unmarshal ID',
    ],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SERVER"}]}]}]}', 'unknown string value'],
    [
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":-1}]}]}]}',
      'no time in nanoseconds',
    ],
    ['{"resourceSpans":{}}', 'ReadArrayCB'],
    ['{} {}', 'nothing behind the value'],
    ['{"a":01}', 'ReadObjectCB'],
    ['{"a":"\u0001"}', 'control character'],
    ['{"a":tru}', 'ReadLiteral'],
    ['', 'unexpected end'],
  ])('%s', (json, reason) => {
    const decode = () => decodeOtlpJson(Buffer.from(json));
    expect(decode).toThrow(DecodeError);
    expect(decode).toThrow(reason);
  });

  it.each([
    ['a trace id of 15 bytes', [0x0a, 15, ...Array(15).fill(1)]],
    ['a span id of 7 bytes', [0x12, 7, ...Array(7).fill(1)]],
  ])('%s in proto', (_, span) => {
    const field = (tag: number, bytes: readonly number[]) => [tag, bytes.length, ...bytes];
    const request = field(0x0a, field(0x12, field(0x12, span)));
    expect(() => decodeOtlpProto(Uint8Array.from(request))).toThrow(DecodeError);
  });
});
