import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { constSampler } from '../samplers/const-sampler.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import type { TracerOptions } from '../tracer.ts';
import type { Propagation } from './propagators.ts';

const { FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP } = opentracing;

/** The headers of a child with baggage, from a tracer of these ways of propagation. */
function headersOf(propagation: Propagation[], options: Partial<TracerOptions> = {}) {
  const { tracer } = testTracer({ propagation, ...options });
  const root = tracer.startSpan('root').setBaggageItem('user', 'bob 鲍勃 + %');
  const headers: Record<string, string> = {};
  tracer.inject(tracer.startSpan('child', { childOf: root }), FORMAT_HTTP_HEADERS, headers);
  return headers;
}

const ENCODED = 'bob%20%E9%B2%8D%E5%8B%83%20%2B%20%25';
const one = '0000000000000001';
const two = '0000000000000002';

const JAEGER = { 'uber-trace-id': `${one}:${two}:${one}:1`, 'uberctx-user': ENCODED };
const B3 = {
  'x-b3-traceid': one,
  'x-b3-spanid': two,
  'x-b3-parentspanid': one,
  'x-b3-sampled': '1',
  'baggage-user': ENCODED,
};
const SINGLE = { b3: `${one}-${two}-1-${one}`, 'baggage-user': ENCODED };
const W3C = { traceparent: `00-${'0'.repeat(16)}${one}-${two}-01`, baggage: `user=${ENCODED}` };

test.each<[Propagation[], object]>([
  [['jaeger'], JAEGER],
  [['b3'], B3],
  [['b3-single'], SINGLE],
  [['w3c'], W3C],
  [['w3c', 'b3', 'jaeger'], { ...JAEGER, ...B3, ...W3C }],
])('propagation %j is written, and continued with its baggage', (propagation, headers) => {
  expect(headersOf(propagation)).toEqual(headers);
  const { tracer } = testTracer({ propagation });
  const context = tracer.extract(FORMAT_HTTP_HEADERS, headers);
  expect(context).toMatchObject({ traceId: one, spanId: two, isSampled: true });
  expect(context?.baggage).toEqual(new Map([['user', 'bob 鲍勃 + %']]));
});

test('in a text map nothing is encoded but W3C baggage, which is so by itself', () => {
  const { tracer } = testTracer({ propagation: ['b3', 'w3c'] });
  const span = tracer.startSpan('root').setBaggageItem('user', '中 +');
  const map = {};
  tracer.inject(span, FORMAT_TEXT_MAP, map);
  expect(map).toMatchObject({ 'baggage-user': '中 +', baggage: 'user=%E4%B8%AD%20%2B' });
  expect(tracer.extract(FORMAT_TEXT_MAP, map)?.baggage).toEqual(new Map([['user', '中 +']]));
});

test.each([
  [
    'the first that is there',
    ['jaeger', 'b3'],
    { ...JAEGER, 'x-b3-traceid': '9', 'x-b3-spanid': '9' },
    one,
  ],
  [
    'the second where the first is absent',
    ['jaeger', 'b3'],
    { 'x-b3-traceid': '9', 'x-b3-spanid': '9' },
    '0000000000000009',
  ],
  [
    'the order of the configuration',
    ['b3', 'jaeger'],
    { ...JAEGER, 'x-b3-traceid': '9', 'x-b3-spanid': '9' },
    '0000000000000009',
  ],
  ['none that is not configured', ['w3c'], { ...JAEGER, ...B3 }, undefined],
] as [string, Propagation[], object, string | undefined][])(
  'of several contexts %s is read',
  (_, propagation, headers, traceId) => {
    const { tracer } = testTracer({ propagation });
    expect(tracer.extract(FORMAT_HTTP_HEADERS, headers)?.traceId).toBe(traceId);
    expect(tracer.counters.extractErrors).toBe(0);
  },
);

test('where one context is malformed another is read, and the first is counted', () => {
  const { tracer, lines } = testTracer({ propagation: ['jaeger', 'b3'] });
  const context = tracer.extract(FORMAT_HTTP_HEADERS, { ...B3, 'uber-trace-id': 'x' });
  expect(context?.spanId).toBe(two);
  expect(tracer.counters.extractErrors).toBe(1);
  expect(lines).toHaveLength(1);
});

test.each<[Propagation, object]>([
  ['b3', { b3: 'x' }],
  ['b3', { 'x-b3-traceid': 'x', 'x-b3-spanid': '1' }],
  ['w3c', { traceparent: 'x' }],
])('%s of %j is malformed: null, and counted', (propagation, headers) => {
  const { tracer } = testTracer({ propagation: [propagation] });
  expect(tracer.extract(FORMAT_HTTP_HEADERS, headers)).toBeNull();
  expect(tracer.counters.extractErrors).toBe(1);
});

const NOT_SAMPLED = constSampler(false);

test.each([
  ['a decision alone, to keep', { b3: '1' }, 1],
  ['a decision alone, to debug', { 'x-b3-flags': '1' }, 3],
  ['no decision', { b3: `${one}-${two}` }, 0],
])('B3 with %s is obeyed', (_, headers, flags) => {
  const { tracer } = testTracer({ propagation: ['b3'], sampler: NOT_SAMPLED });
  const context = tracer.extract(FORMAT_HTTP_HEADERS, headers) as opentracing.SpanContext;
  expect(tracer.startSpan('next', { childOf: context }).context().flags).toBe(flags);
});

test('B3 that refuses is obeyed, and B3 without a decision leaves it to the sampler, for all spans', () => {
  const { tracer, spans } = testTracer({ propagation: ['b3'] });
  const refused = tracer.extract(FORMAT_HTTP_HEADERS, { b3: '0' }) as opentracing.SpanContext;
  expect(tracer.startSpan('next', { childOf: refused }).context().isSampled).toBe(false);
  const open = tracer.extract(FORMAT_HTTP_HEADERS, { b3: 'a-b' }) as opentracing.SpanContext;
  tracer.startSpan('first', { childOf: open }).finish();
  tracer.startSpan('second', { childOf: open }).finish();
  const tags = spans.map((span) => span.tags.map(({ key }) => key));
  expect(tags).toEqual([['sampler.type', 'sampler.param'], []]);
});

test.each<[Propagation, object]>([
  ['b3', { 'x-b3-traceid': one, 'x-b3-spanid': two }],
  ['b3-single', { b3: `${one}-${two}` }],
])(
  '%s without a decision is handed on without one, until a span makes it',
  (propagation, headers) => {
    const { tracer } = testTracer({ propagation: [propagation] });
    const context = tracer.extract(FORMAT_HTTP_HEADERS, headers) as opentracing.SpanContext;
    const passedOn = {};
    tracer.inject(context, FORMAT_HTTP_HEADERS, passedOn);
    expect(passedOn).toEqual(headers);
    tracer.startSpan('child', { childOf: context });
    const decided = {};
    tracer.inject(context, FORMAT_HTTP_HEADERS, decided);
    expect(Object.values(decided).join(' ')).toMatch(/\b1$/);
  },
);

test('tracestate is handed on as it came, through children', () => {
  const { tracer } = testTracer({ propagation: ['w3c'] });
  const caller = { traceparent: W3C.traceparent, tracestate: ['a=1', 'b=2'] };
  const context = tracer.extract(FORMAT_HTTP_HEADERS, caller) as opentracing.SpanContext;
  const child = tracer.startSpan('child', { childOf: context }).setBaggageItem('a', 'b');
  const headers = {};
  tracer.inject(tracer.startSpan('grandchild', { childOf: child }), FORMAT_HTTP_HEADERS, headers);
  expect(headers).toMatchObject({ tracestate: 'a=1,b=2', baggage: 'a=b' });
});

test('baggage whose name W3C cannot have stays behind, counted', () => {
  const { tracer } = testTracer({ propagation: ['w3c'] });
  const span = tracer.startSpan('root').setBaggageItem('two words', 'x').setBaggageItem('ok', 'y');
  const headers = {};
  tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
  expect(headers).toMatchObject({ baggage: 'ok=y' });
  expect(tracer.counters.injectErrors).toBe(1);
});

test('ids of 128 bits travel whole, and the root has their lower half', () => {
  const headers = headersOf(['jaeger', 'w3c', 'b3'], { traceId128bit: true });
  const wide = `${two}${one}`;
  expect(headers).toMatchObject({
    'uber-trace-id': `${wide}:0000000000000003:${one}:1`,
    traceparent: `00-${wide}-0000000000000003-01`,
    'x-b3-traceid': wide,
  });
});

test('jaeger-debug-id makes a debug trace, which is found by its value', () => {
  const { tracer, spans } = testTracer({ sampler: NOT_SAMPLED });
  const carrier = { 'Jaeger-Debug-Id': 'find%20me', 'jaeger-baggage': 'a=1, b = 2' };
  const context = tracer.extract(FORMAT_HTTP_HEADERS, carrier) as opentracing.SpanContext;
  const span = tracer.startSpan('root', { childOf: context });
  expect([span.getBaggageItem('a'), span.getBaggageItem('b')]).toEqual(['1', '2']);
  expect(span.context()).toMatchObject({ flags: 3, parentId: '0000000000000000' });
  tracer.startSpan('child', { childOf: span }).finish();
  span.finish();
  expect(spans.map(({ tags }) => tags)).toEqual([
    [],
    [{ key: 'jaeger-debug-id', type: 'string', value: 'find me' }],
  ]);
});

test('jaeger-debug-id of a call that belongs to a trace changes nothing', () => {
  const { tracer } = testTracer({ sampler: NOT_SAMPLED });
  const carrier = { 'uber-trace-id': '1:2:1:0', 'jaeger-debug-id': 'x' };
  const context = tracer.extract(FORMAT_HTTP_HEADERS, carrier) as opentracing.SpanContext;
  expect(tracer.startSpan('child', { childOf: context }).context().flags).toBe(0);
});

test('the names of the headers can be others', () => {
  const names = { traceContext: 'X-Trace', baggagePrefix: 'X-Item-', debugId: 'X-Debug' };
  const { tracer } = testTracer({ headers: names });
  const span = tracer.startSpan('root').setBaggageItem('a', 'b');
  const headers = {};
  tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
  expect(headers).toEqual({ 'X-Trace': String(span.context()), 'X-Item-a': 'b' });
  expect(String(tracer.extract(FORMAT_HTTP_HEADERS, headers))).toBe(String(span.context()));
  expect(tracer.extract(FORMAT_HTTP_HEADERS, { 'x-debug': 'y' })?.companions.debugId).toBe('y');
});
