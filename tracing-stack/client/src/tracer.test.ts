import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { type SpanContext, spanContextOf } from './span-context.ts';
import { testTracer } from './testkit/test-tracer.ts';
import { Tracer } from './tracer.ts';

const { childOf, followsFrom } = opentracing;
const one = '0000000000000001';
const two = '0000000000000002';
const three = '0000000000000003';

test('tracer, span and context are those of opentracing, and know each other', () => {
  const { tracer } = testTracer();
  const span = tracer.startSpan('root');
  expect(tracer).toBeInstanceOf(opentracing.Tracer);
  expect(span).toBeInstanceOf(opentracing.Span);
  expect(span.context()).toBeInstanceOf(opentracing.SpanContext);
  expect(span.tracer()).toBe(tracer);
});

test('a root has one number for itself and its trace, and says which sampler chose it', () => {
  const { tracer, spans } = testTracer();
  const root = tracer.startSpan('root');
  root.finish();
  expect(root.context()).toMatchObject({ traceId: one, spanId: one, parentId: '0000000000000000' });
  expect([root.context().toTraceId(), root.context().toSpanId()]).toEqual([one, one]);
  expect(spans).toMatchObject([
    {
      references: [],
      flags: 1,
      process: { serviceName: 'test' },
      tags: [
        { key: 'sampler.type', type: 'string', value: 'const' },
        { key: 'sampler.param', type: 'bool', value: true },
      ],
    },
  ]);
});

test('a child has its own number and its parent in front, and no word of the sampler', () => {
  const { tracer, spans } = testTracer();
  const child = tracer.startSpan('child', { childOf: tracer.startSpan('root') });
  child.finish();
  expect(String(child.context())).toBe(`${one}:${two}:${one}:1`);
  expect(spans).toMatchObject([
    { references: [{ refType: 'CHILD_OF', traceId: one, spanId: one }], tags: [] },
  ]);
});

test.each([
  ['a span that only follows continues the trace', ['followsFrom b'], two],
  ['the first parent counts', ['childOf a', 'childOf b'], one],
  ['a parent counts before what the span follows', ['followsFrom b', 'childOf a'], one],
] as const)('%s', (_, kinds, parentId) => {
  const { tracer, spans } = testTracer();
  const named = { a: tracer.startSpan('a'), b: tracer.startSpan('b') };
  const references = kinds.map((kind) => {
    const [type, name] = kind.split(' ') as ['childOf' | 'followsFrom', 'a' | 'b'];
    return (type === 'childOf' ? childOf : followsFrom)(named[name]);
  });
  const span = tracer.startSpan('c', { references });
  span.finish();
  expect(String(span.context())).toBe(`${parentId}:${three}:${parentId}:1`);
  expect(spans[0]?.references.map(({ refType }) => refType)).toEqual(
    kinds.map((kind) => (kind.startsWith('childOf') ? 'CHILD_OF' : 'FOLLOWS_FROM')),
  );
});

test.each([
  ['nothing', () => ({ references: [childOf(null as unknown as opentracing.SpanContext)] })],
  ["another tracer's span", () => ({ childOf: new opentracing.Tracer().startSpan('noop') })],
])('a child of %s is a root', (_, options) => {
  const { tracer } = testTracer();
  expect(tracer.startSpan('root', options()).context().parentId).toBe('0000000000000000');
});

test('the options of a span may be used again', () => {
  const { tracer } = testTracer();
  const options = { childOf: tracer.startSpan('root'), references: [], tags: { a: 1 } };
  const spans = [tracer.startSpan('a', options), tracer.startSpan('b', options)];
  expect(options).toEqual({ childOf: options.childOf, references: [], tags: { a: 1 } });
  expect(spans.map((span) => span.context().parentId)).toEqual([one, one]);
});

test.each([0, 1, 3])(
  'the flags %d from upstream are honoured, whatever our sampler thinks',
  (flags) => {
    const { tracer, spans } = testTracer();
    const upstream = tracer.extract('text_map', { 'uber-trace-id': `abc:def:0:${flags}` });
    const span = tracer.startSpan('server', { childOf: upstream as SpanContext });
    span.finish();
    expect(String(span.context())).toBe(`0000000000000abc:${one}:0000000000000def:${flags}`);
    expect(spans.map((span) => span.flags)).toEqual(flags === 0 ? [] : [flags]);
  },
);

test('a trace id of 128 bits is kept whole', () => {
  const { tracer, spans } = testTracer();
  const traceId = '463ac35c9f6413ad48485a3953bb6124';
  const upstream = tracer.extract('text_map', { 'uber-trace-id': `${traceId}:1:0:1` });
  tracer.startSpan('server', { childOf: upstream as SpanContext }).finish();
  expect(spans).toMatchObject([{ traceId, references: [{ traceId, spanId: one }] }]);
});

test('spanContextOf gives typed ids for what opentracing types hide, and nothing for others', () => {
  const { tracer } = testTracer();
  const span: opentracing.Span = tracer.startSpan('root');
  expect(spanContextOf(span)?.traceId).toBe(one);
  expect(spanContextOf(span.context())?.spanId).toBe(one);
  expect(spanContextOf(new opentracing.Tracer().startSpan('noop'))).toBeUndefined();
  expect(spanContextOf(null)).toBeUndefined();
});

test('close closes reporter and sampler', async () => {
  const closed: string[] = [];
  const tracer = new Tracer({
    serviceName: 'test',
    sampler: {
      sample: () => ({ sampled: true, tags: [] }),
      close: async () => void closed.push('s'),
    },
    reporter: { report: () => {}, close: async () => void closed.push('r') },
  });
  await tracer.close();
  expect(closed.sort()).toEqual(['r', 's']);
});
