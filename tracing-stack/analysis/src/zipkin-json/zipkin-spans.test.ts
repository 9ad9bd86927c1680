import { expect, test } from 'vitest';
import type { SpanJson } from '../jaeger-json/jaeger-json.ts';
import { zipkinSpans } from './zipkin-spans.ts';

const span: SpanJson = {
  traceID: 'ab',
  spanID: '1',
  operationName: 'GET',
  startTime: 1_000,
  duration: 5,
  processID: 'p1',
};
const processes = {
  p1: {
    serviceName: 'shop',
    tags: [
      { key: 'ip', type: 'string', value: '10.0.0.1' },
      { key: 'zone', type: 'string', value: 'eu' },
    ],
  },
};
const zipkin = (rest: Partial<SpanJson>) =>
  zipkinSpans({ traceID: 'ab', spans: [{ ...span, ...rest }], processes })[0];

test('a span says where and when it was', () => {
  expect(zipkin({})).toEqual({
    traceId: 'ab',
    id: '1',
    name: 'GET',
    timestamp: 1_000,
    duration: 5,
    localEndpoint: { serviceName: 'shop', ipv4: '10.0.0.1' },
    tags: { zone: 'eu' },
  });
});

test('kind and peer have places of their own, and other tags are texts', () => {
  const tags = [
    { key: 'span.kind', value: 'client' },
    { key: 'peer.service', value: 'stock' },
    { key: 'peer.ipv4', value: '10.0.0.2' },
    { key: 'peer.port', value: 80 },
    { key: 'error', type: 'bool', value: true },
  ];
  expect(zipkin({ tags })).toMatchObject({
    kind: 'CLIENT',
    remoteEndpoint: { serviceName: 'stock', ipv4: '10.0.0.2', port: 80 },
    tags: { error: 'true', 'peer.service': 'stock' },
  });
});

test('a kind that Zipkin does not know stays a tag', () => {
  const tags = [{ key: 'span.kind', value: 'internal' }];
  expect(zipkin({ tags })?.kind).toBeUndefined();
  expect(zipkin({ tags })?.tags).toMatchObject({ 'span.kind': 'internal' });
});

test('only a parent in the same trace is one; a negative time is none', () => {
  const references = [
    { refType: 'FOLLOWS_FROM' as const, traceID: 'cd', spanID: '8' },
    { refType: 'CHILD_OF' as const, traceID: 'ab', spanID: '9' },
  ];
  expect(zipkin({ references })?.parentId).toBe('9');
  expect(zipkin({ duration: 2 ** 64 - 2048 })?.duration).toBeUndefined();
});

test('a log is its event, or all of its fields as JSON', () => {
  const logs = [
    { timestamp: 7, fields: [{ key: 'event', value: 'retry' }] },
    {
      timestamp: 8,
      fields: [
        { key: 'event', value: 'retry' },
        { key: 'n', value: 2 },
      ],
    },
  ];
  expect(zipkin({ logs })?.annotations).toEqual([
    { timestamp: 7, value: 'retry' },
    { timestamp: 8, value: '{"event":"retry","n":"2"}' },
  ]);
});
