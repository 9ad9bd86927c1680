import { exchange } from '@spoor/fixtures';
import type { KeyValue, Span } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import {
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
} from './zipkin-spans.ts';

const IDS = { traceId: '00000000000000a1', id: '00000000000000b2' };
const NOW = 1_700_000_000_000;

const body = (value: unknown) => Buffer.from(JSON.stringify(value));
const v1 = (...spans: object[]) =>
  decodeZipkinV1Json(body(spans.map((span) => ({ ...IDS, ...span }))), NOW).spans();
const v2 = (...spans: object[]) =>
  decodeZipkinV2Json(body(spans.map((span) => ({ ...IDS, ...span })))).spans();

/** Tags as an object, in which a key that comes twice is a list. */
function told(tags: readonly KeyValue[] | undefined): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const { key, value } of tags ?? []) {
    object[key] = key in object ? [object[key], value].flat() : value;
  }
  return object;
}

function tagsOf([span]: Span[]): Record<string, unknown> {
  return told(span?.tags);
}

describe('Zipkin v2', () => {
  it('in JSON and in proto says the same', () => {
    const recorded = exchange('collector/zipkin-v2-proto').requestBody as Uint8Array;
    const inJson = v2({
      traceId: 'f4',
      id: '1',
      kind: 'SERVER',
      name: 'zv2p',
      timestamp: 1_795_370_313_000_000,
      duration: 1500,
      localEndpoint: { serviceName: 'zipkin-v2-proto', ipv4: '10.0.0.11', port: 83 },
      annotations: [{ timestamp: 1_795_370_313_000_003, value: 'pev' }],
      tags: { tk: 'tv' },
    });
    expect(decodeZipkinV2Proto(recorded).spans()).toEqual(inJson);
  });

  it.each([
    ['short ids', { traceId: 'A1', id: 'b' }, '00000000000000a1', '000000000000000b'],
    [
      'ids of 128 bits',
      { traceId: '1000000000000000000000000000000f', id: 'b' },
      '1000000000000000000000000000000f',
      '000000000000000b',
    ],
    ['padded ids', { traceId: `${'0'.repeat(16)}00000000000000a1` }, IDS.traceId, IDS.id],
  ])('takes %s', (_, ids, traceId, spanId) => {
    expect(v2(ids)[0]).toMatchObject({ traceId, spanId });
  });

  it.each([
    ['null', null, 0],
    ['nothing', '', 0],
    ['zero', '0000000000000000', 0],
    ['the span itself', IDS.id, 0],
    ['another', 'c3', 1],
  ])('has as its parent %s', (_, parentId, references) => {
    expect(v2({ parentId })[0]?.references).toHaveLength(references);
  });

  it.each([
    ['CLIENT', {}, 'client'],
    ['SERVER', {}, 'server'],
    ['PRODUCER', {}, 'producer'],
    ['CONSUMER', {}, 'consumer'],
    [null, { 'span.kind': 'internal' }, 'internal'],
    [undefined, {}, undefined],
  ])('of kind %s is one of %s', (kind, tags, expected) => {
    expect(tagsOf(v2({ kind, tags, timestamp: 1 }))['span.kind']).toBe(expected);
  });

  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    ['error=true', { error: 'true' }, { error: true, 'otel.status_code': 'ERROR' }],
    [
      'an error with a text',
      { error: 'boom' },
      { error: ['boom', true], 'otel.status_code': 'ERROR' },
    ],
    [
      'a status with a description',
      { 'otel.status_code': 'Error', 'otel.status_description': 'why' },
      { error: true, 'otel.status_code': 'ERROR', 'otel.status_description': 'why' },
    ],
    ['a status of success', { 'otel.status_code': 'STATUS_CODE_OK' }, { 'otel.status_code': 'OK' }],
    ['a status that Jaeger does not know', { 'otel.status_code': 'OK' }, {}],
    ['a trace state', { 'w3c.tracestate': 'a=b' }, { 'w3c.tracestate': 'a=b' }],
    [
      'a library',
      { 'otel.library.name': 'lib', 'otel.library.version': '1' },
      { 'otel.scope.name': 'lib', 'otel.scope.version': '1' },
    ],
  ])('has %s', (_, tags, expected) => {
    expect(tagsOf(v2({ tags, timestamp: 1 }))).toEqual(expected);
  });

  it('has tags of the process, each span its own', () => {
    const localEndpoint = { serviceName: 'shop' };
    const spans = v2(
      { localEndpoint, tags: { 'host.name': 'a', k: 'v' } },
      { localEndpoint, tags: { 'host.name': 'b' } },
      { localEndpoint: null, tags: { 'host.name': 'c' } },
      { tags: { 'service.name': 'named by its tag' } },
      { localEndpoint, tags: { 'otlp.service.name.source': 'faas.name' } },
    );
    const processes = spans.map(({ process }) => [process.serviceName, told(process.tags)]);
    expect(processes).toEqual([
      ['shop', { 'host.name': 'a' }],
      ['shop', { 'host.name': 'b' }],
      ['OTLPResourceNoServiceName', { 'host.name': 'c' }],
      ['named by its tag', {}],
      ['shop', { 'faas.name': 'shop' }],
    ]);
    expect(spans[0]?.tags).toContainEqual({ key: 'k', type: 'string', value: 'v' });
  });

  it('has the addresses of both ends', () => {
    const spans = v2({
      timestamp: 1,
      localEndpoint: { serviceName: 'a', ipv4: '1.2.3.4', ipv6: '2001:DB8:0:0:0:0:0:1', port: 80 },
      remoteEndpoint: { serviceName: 'b', ipv6: '::ffff:10.0.0.1', port: -1 },
    });
    expect(tagsOf(spans)).toEqual({
      'net.host.ip': '2001:db8::1',
      'net.host.port': 80n,
      'peer.service': 'b',
      'net.peer.ip': '10.0.0.1',
      'net.peer.port': 65535n,
    });
  });

  it('has events with attributes, and links', () => {
    const [span] = v2({
      annotations: [
        { timestamp: 1, value: 'plain' },
        { timestamp: 2, value: 'ev|{"s":"a|b","i":3,"d":0.5,"b":true,"o":{"x":1}}|0' },
        { timestamp: 3, value: 'a|b|c' },
        { timestamp: 4, value: 'a|b' },
      ],
      tags: {
        'otlp.link.0': `${IDS.traceId.padStart(32, '0')}|${IDS.id}|state|{}|0`,
        'otlp.link.1': 'no link',
      },
    });
    expect(span?.logs.map(({ fields }) => told(fields))).toEqual([
      { event: 'plain' },
      { event: 'ev', s: 'a|b', i: 3n, d: 0.5, b: true, o: '{"x":1}' },
      { event: 'a|b|c' },
      { event: 'a' },
    ]);
    expect(span?.references).toEqual([
      { refType: 'FOLLOWS_FROM', traceId: IDS.traceId, spanId: IDS.id },
    ]);
    expect(tagsOf([span as Span])['otlp.link.1']).toBe('no link');
  });

  it('takes numbers and booleans for tags, and says when no start was told', () => {
    expect(tagsOf(v2({ tags: { n: 1.5, b: true, none: null } }))).toEqual({
      n: '1.5',
      b: 'true',
      none: '',
      'otel.zipkin.absentField.startTime': true,
    });
  });

  it('takes a trace id of 8 bytes in proto', () => {
    const span = [0x0a, 8, 0, 0, 0, 0, 0, 0, 0, 0xa1, 0x1a, 8, 0, 0, 0, 0, 0, 0, 0, 0xb2];
    const [decoded] = decodeZipkinV2Proto(Uint8Array.of(0x0a, span.length, ...span)).spans();
    expect(decoded).toMatchObject({ traceId: IDS.traceId, spanId: IDS.id });
  });
});

describe('Zipkin v1', () => {
  it('in JSON and in Thrift says the same', () => {
    const recorded = exchange('collector/zipkin-v1-thrift').requestBody as Uint8Array;
    const [inThrift] = decodeZipkinV1Thrift(recorded).spans();
    const host = { serviceName: 'zipkin-v1-thrift', ipv4: '127.0.0.1', port: 8080 };
    const [inJson] = v1({
      traceId: '00000000000000f3',
      id: '0000000000000001',
      name: 'zv1t',
      timestamp: 1_795_370_313_000_000,
      duration: 1500,
      annotations: [
        { timestamp: 1_795_370_313_000_000, value: 'sr', endpoint: host },
        { timestamp: 1_795_370_313_001_500, value: 'ss', endpoint: host },
      ],
      binaryAnnotations: [{ key: 'http.path', value: '/y', endpoint: host }],
    });
    expect(inThrift).toEqual(inJson);
  });

  it('takes booleans and numbers for binary annotations in JSON', () => {
    const spans = v1({
      timestamp: 1,
      binaryAnnotations: [
        { key: 'sa', value: true, endpoint: { serviceName: 'db' } },
        { key: 'i', value: '9007199254740993', type: 'I64' },
        { key: 't', value: '-7', type: 'I32' },
        { key: 'd', value: 1.5 },
        { key: 'w', value: 2, type: 'DOUBLE' },
        { key: 'lc', value: 'pool', endpoint: { serviceName: 'own' } },
      ],
    });
    expect(spans[0]?.process.serviceName).toBe('own');
    expect(tagsOf(spans)).toEqual({
      sa: true,
      i: 9_007_199_254_740_993n,
      t: -7n,
      d: 1.5,
      w: 2,
      component: 'pool',
    });
  });

  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'OpenCensus',
      { 'census.status_code': '5', 'census.status_description': 'no', error: 'x' },
      { error: true, 'otel.status_code': 'ERROR', 'otel.status_description': 'no' },
    ],
    ['OpenCensus, for success', { 'census.status_code': '0' }, { 'otel.status_code': 'OK' }],
    [
      'OpenTelemetry',
      { 'otel.status_code': '2', 'otel.status_description': 'no' },
      { error: true, 'otel.status_code': 'ERROR', 'otel.status_description': 'no' },
    ],
    ['error', { error: '' }, { error: true, 'otel.status_code': 'ERROR' }],
    [
      'HTTP',
      { 'http.status_code': '404', 'http.status_message': 'gone' },
      {
        'http.status_code': '404',
        'http.status_message': 'gone',
        error: true,
        'otel.status_code': 'ERROR',
        'otel.status_description': 'gone',
      },
    ],
    ['HTTP, for success', { 'http.status_code': '302' }, { 'http.status_code': '302' }],
    ['nothing', { k: 'v' }, { k: 'v' }],
  ])('is told how it ended by %s', (_, tags, expected) => {
    const binaryAnnotations = Object.entries(tags).map(([key, value]) => ({ key, value }));
    expect(tagsOf(v1({ timestamp: 1, binaryAnnotations }))).toEqual(expected);
  });

  it.each([
    ['ms', 'producer'],
    ['mr', 'consumer'],
    ['cs', 'client'],
    ['ss', 'server'],
  ])('of %s is a %s, and lasts as its annotations do', (value, kind) => {
    const [span] = v1({
      annotations: [
        { timestamp: 30, value, endpoint: { serviceName: 's', ipv4: '1.2.3.4', port: 1 } },
        { timestamp: 10, value: 'early' },
      ],
    });
    expect(span).toMatchObject({ startTime: 10, duration: 20 });
    expect(told(span?.tags)).toEqual({ 'span.kind': kind });
    expect(told(span?.process.tags)).toEqual({ ipv4: '1.2.3.4', port: '1' });
  });

  it('that says no time is of now', () => {
    const [span] = v1({});
    expect(span).toMatchObject({ startTime: NOW * 1000, duration: 0 });
    expect(span?.process.serviceName).toBe('unknown-service');
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', '', 'unexpected end of JSON input'],
    ['half a list', '[{"traceId":"a1"', 'unexpected end of JSON input'],
    ['no JSON', '{bad', "invalid character 'b' looking for beginning of object key string"],
    ['a tail', '[] x', "invalid character 'x' after top-level value"],
    [
      'a bad trace id',
      '[{"traceId":"xyz","id":"1"}]',
      'strconv.ParseUint: parsing "xyz": invalid syntax',
    ],
    [
      'a long id',
      `[{"traceId":"1","id":"${'1'.repeat(17)}"}]`,
      `strconv.ParseUint: parsing "${'1'.repeat(17)}": value out of range`,
    ],
    ['no trace id', '[{"id":"1"}]', 'valid traceId required'],
    ['no id', '[{"traceId":"1"}]', 'valid span id required'],
    ['an id of 0', '[{"traceId":"1","id":"0"}]', 'valid span id required'],
    [
      'an annotation without a time',
      '[{"traceId":"1","id":"1","annotations":[{"value":"x"}]}]',
      'valid annotation timestamp required',
    ],
  ])('%s, in the words of Jaeger', (_, text, reason) => {
    const decode = () => decodeZipkinV2Json(Buffer.from(text));
    expect(decode).toThrow(DecodeError);
    expect(reasonOf(decode)).toBe(reason);
  });

  it.each([
    ['an object', '{"a":1}'],
    ['a negative time', '[{"traceId":"1","id":"1","timestamp":-1}]'],
    ['nanoseconds', '[{"traceId":"1","id":"1","timestamp":1795370313000000000}]'],
    ['a port of 17 bits', '[{"traceId":"1","id":"1","localEndpoint":{"port":65536}}]'],
    ['an escape that is none', '[{"traceId":"1","id":"1","name":"\\\\x"}]'.replace('\\\\', '\\')],
  ])('%s', (_, text) => {
    expect(() => decodeZipkinV2Json(Buffer.from(text))).toThrow(DecodeError);
  });

  it('a trace id of 0 in version 1', () => {
    expect(() => v1({ traceId: '0000000000000000' })).toThrow('traceId is zero');
  });
});

function reasonOf(decode: () => unknown): string {
  try {
    decode();
  } catch (error) {
    if (error instanceof DecodeError) return error.reason;
    throw error;
  }
  return 'nothing';
}
