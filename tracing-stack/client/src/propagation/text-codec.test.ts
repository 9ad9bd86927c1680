import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { SpanContext } from '../span-context.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import { TextCodec } from './text-codec.ts';
import { TEXT_MAP } from './text-format.ts';
import type { TextPropagator } from './text-propagator.ts';

const { FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP } = opentracing;

/** A child whose baggage holds what is hard to carry. */
function baggageSpan() {
  const { tracer, ...rest } = testTracer();
  const root = tracer.startSpan('root');
  root.setBaggageItem('user', 'bob 鲍勃 + co%');
  return { tracer, ...rest, span: tracer.startSpan('child', { childOf: root }) };
}

test.each([
  [FORMAT_TEXT_MAP, 'bob 鲍勃 + co%'],
  [FORMAT_HTTP_HEADERS, 'bob%20%E9%B2%8D%E5%8B%83%20%2B%20co%25'],
])('%s carries a span, and baggage that needs encoding, there and back', (format, value) => {
  const { tracer, span } = baggageSpan();
  const carrier = {};
  tracer.inject(span, format, carrier);
  expect(carrier).toEqual({
    'uber-trace-id': '0000000000000001:0000000000000002:0000000000000001:1',
    'uberctx-user': value,
  });
  const context = tracer.extract(format, carrier);
  expect(context).toBeInstanceOf(SpanContext);
  expect(String(context)).toBe(String(span.context()));
  expect(context?.baggage).toEqual(new Map([['user', 'bob 鲍勃 + co%']]));
});

test.each([
  ['an object', () => ({})],
  ['a Map', () => new Map()],
  ['Headers of fetch', () => new Headers()],
])('%s can be the carrier', (_, create) => {
  const { tracer, span } = baggageSpan();
  const carrier = create();
  tracer.inject(span.context(), FORMAT_HTTP_HEADERS, carrier);
  const context = tracer.extract(FORMAT_HTTP_HEADERS, carrier);
  expect(String(context)).toBe(String(span.context()));
  expect(context?.baggage).toEqual(span.context().baggage);
});

test('a writer and a reader of keys, as OpenTracing for Go has them, can be the carrier', () => {
  const { tracer, span } = baggageSpan();
  const kept: [string, string][] = [];
  tracer.inject(span, FORMAT_TEXT_MAP, { set: (k: string, v: string) => kept.push([k, v]) });
  const reader = {
    foreachKey(handler: (key: string, value: string) => void) {
      for (const [key, value] of kept) handler(key, value);
    },
  };
  expect(String(tracer.extract(FORMAT_TEXT_MAP, reader))).toBe(String(span.context()));
});

const id = '0000000000000001:0000000000000002:0000000000000001:1';

test.each([
  ['in the canonical case of Go', { 'Uber-Trace-Id': id, 'Uberctx-User': 'a' }],
  ['in upper case', { 'UBER-TRACE-ID': id.toUpperCase(), 'UBERCTX-USER': 'a' }],
  ['unpadded, as of npm jaeger-client', { 'uber-trace-id': '1:2:1:1', 'uberctx-user': 'a' }],
  ['percent-encoded', { 'uber-trace-id': id.replaceAll(':', '%3A'), 'uberctx-user': '%61' }],
  ['as lists of one value', { 'uber-trace-id': [id], 'uberctx-user': ['a'] }],
  ['as lists, the last value counts', { 'uber-trace-id': ['5:6:0:0', id], 'uberctx-user': 'a' }],
  ['joined by node:http', { 'uber-trace-id': `5:6:0:0, ${id}`, 'uberctx-user': 'a' }],
  ['among others', { host: 'a', 'uber-trace-id': id, x: undefined, 'uberctx-user': 'a' }],
])('headers %s are read', (_, headers) => {
  const { tracer } = testTracer();
  const context = tracer.extract(FORMAT_HTTP_HEADERS, headers);
  expect(String(context)).toBe(id);
  expect(context?.baggage.get('user')).toBe('a');
});

test('a plus in a header is a space, and in a text map a plus', () => {
  const { tracer } = testTracer();
  const carrier = { 'uber-trace-id': id, 'uberctx-user': 'bob+smith' };
  expect(tracer.extract(FORMAT_HTTP_HEADERS, carrier)?.baggage.get('user')).toBe('bob smith');
  expect(tracer.extract(FORMAT_TEXT_MAP, carrier)?.baggage.get('user')).toBe('bob+smith');
});

test('headers without a context give null, and that is no error', () => {
  const { tracer } = testTracer();
  expect(tracer.extract(FORMAT_HTTP_HEADERS, { host: 'localhost' })).toBeNull();
  expect(tracer.counters.extractErrors).toBe(0);
});

test.each([
  ['a malformed context', FORMAT_HTTP_HEADERS, { 'uber-trace-id': 'nonsense' }],
  ['an empty context', FORMAT_TEXT_MAP, { 'uber-trace-id': '' }],
  ['no carrier', FORMAT_HTTP_HEADERS, undefined],
  ['a string', FORMAT_TEXT_MAP, id],
  ['a format of no codec', 'morse', {}],
])('extract of %s gives null and is counted, and told once', (_, format, carrier) => {
  const { tracer, lines } = testTracer();
  expect(tracer.extract(format, carrier)).toBeNull();
  expect(tracer.extract(format, carrier)).toBeNull();
  expect(tracer.counters.extractErrors).toBe(2);
  expect(lines).toEqual([expect.stringContaining('ERROR [client] a context was not extracted: ')]);
});

test('baggage without a context is kept, and the span that follows it is a root', () => {
  const { tracer, spans } = testTracer();
  const context = tracer.extract(FORMAT_HTTP_HEADERS, { 'uberctx-user': 'a' });
  const span = tracer.startSpan('root', { childOf: context as SpanContext });
  expect(span.getBaggageItem('user')).toBe('a');
  span.finish();
  expect(spans).toMatchObject([{ references: [], traceId: span.context().spanId }]);
});

test('baggage whose name no header can have is left out and counted; the trace goes on', () => {
  const { tracer, lines } = testTracer();
  const span = tracer.startSpan('root');
  span.setBaggageItem('two words', 'a').setBaggageItem('中', 'b').setBaggageItem('good', 'c');
  const headers = {};
  tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
  expect(headers).toEqual({ 'uber-trace-id': String(span.context()), 'uberctx-good': 'c' });
  expect(tracer.counters.injectErrors).toBe(2);
  expect(lines).toHaveLength(1);
});

test.each([
  ['into nothing', FORMAT_HTTP_HEADERS, null],
  ['into a frozen object', FORMAT_HTTP_HEADERS, Object.freeze({})],
  ['in a format of no codec', 'morse', {}],
])('inject %s does not throw and is counted', (_, format, carrier) => {
  const { tracer } = testTracer();
  tracer.inject(tracer.startSpan('root'), format, carrier);
  expect(tracer.counters.injectErrors).toBe(1);
});

test("inject of another tracer's context writes nothing and is counted", () => {
  const { tracer } = testTracer();
  const carrier = {};
  tracer.inject(new opentracing.Tracer().startSpan('noop'), FORMAT_TEXT_MAP, carrier);
  expect(carrier).toEqual({});
  expect(tracer.counters.injectErrors).toBe(1);
});

test('a header whose value is null is none, and that is no error', () => {
  const { tracer } = testTracer();
  expect(tracer.extract(FORMAT_HTTP_HEADERS, { 'uber-trace-id': null })).toBeNull();
  const context = tracer.extract(FORMAT_HTTP_HEADERS, {
    'uber-trace-id': id,
    'uberctx-user': null,
  });
  expect(context?.baggage).toEqual(new Map());
  expect(tracer.counters.extractErrors).toBe(0);
});

test('of two decisions without a caller the first counts', () => {
  const deciding = (flags: number): TextPropagator => ({
    inject: () => {},
    reader: () => ({ see: () => {}, found: () => ({ flags }) }),
  });
  const codec = new TextCodec({
    format: TEXT_MAP,
    propagators: [deciding(1), deciding(0)],
    onBaggageLost: () => {},
    onMalformed: () => {},
  });
  expect(codec.extract({})?.flags).toBe(1);
});
