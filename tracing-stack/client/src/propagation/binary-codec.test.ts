import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { SamplingState } from '../sampling-state.ts';
import { SpanContext } from '../span-context.ts';
import { testTracer } from '../testkit/test-tracer.ts';

const { BinaryCarrier, FORMAT_BINARY } = opentracing;

/** Recorded from jaeger-client-go 2.30.0: a child with the baggage `tenant` = `a b 中 100 %`. */
const FROM_GO = Buffer.from(
  '000000000000000001da0ad60e574b6e4c9da616d3b4428d01da0ad60e574b6e01000000010000000674656e616e740000000d61206220e4b8ad203130302025',
  'hex',
);

test.each([
  ['a Buffer', FROM_GO],
  ['bytes', Uint8Array.from(FROM_GO)],
  ['a list of numbers, as opentracing has it', [...FROM_GO]],
  ['an ArrayBuffer', Uint8Array.from(FROM_GO).buffer],
])("Go's context and baggage are read from %s, and a span continues the trace", (_, buffer) => {
  const { tracer, spans } = testTracer();
  const context = tracer.extract(FORMAT_BINARY, { buffer });
  expect(String(context)).toBe('01da0ad60e574b6e:4c9da616d3b4428d:01da0ad60e574b6e:1');
  const span = tracer.startSpan('child', { childOf: context as opentracing.SpanContext });
  expect(span.getBaggageItem('tenant')).toBe('a b 中 100 %');
  span.finish();
  expect(spans).toMatchObject([
    {
      traceId: '01da0ad60e574b6e',
      references: [{ refType: 'CHILD_OF', spanId: '4c9da616d3b4428d' }],
    },
  ]);
});

test("what was read is written as Go's client wrote it", () => {
  const { tracer } = testTracer();
  const context = tracer.extract(FORMAT_BINARY, { buffer: FROM_GO });
  const carrier = new BinaryCarrier([]);
  tracer.inject(context as opentracing.SpanContext, FORMAT_BINARY, carrier);
  expect(Buffer.from(carrier.buffer)).toEqual(FROM_GO);
});

test.each([{}, { buffer: null }, { buffer: [] }, { buffer: new Uint8Array() }])(
  'a carrier without bytes, %j, gives null, and that is no error',
  (carrier) => {
    const { tracer } = testTracer();
    expect(tracer.extract(FORMAT_BINARY, carrier)).toBeNull();
    expect(tracer.counters.extractErrors).toBe(0);
  },
);

test.each([{ buffer: [1, 2, 3] }, { buffer: FROM_GO.subarray(0, -1) }, { buffer: 'text' }, null])(
  'a carrier of other bytes, %j, gives null and is counted',
  (carrier) => {
    const { tracer } = testTracer();
    expect(tracer.extract(FORMAT_BINARY, carrier)).toBeNull();
    expect(tracer.counters.extractErrors).toBe(1);
  },
);

test('baggage of zero ids is kept, and the span that follows it is a root', () => {
  const { tracer } = testTracer();
  const buffer = Buffer.from(FROM_GO).fill(0, 0, 33);
  const context = tracer.extract(FORMAT_BINARY, { buffer });
  const span = tracer.startSpan('root', { childOf: context as opentracing.SpanContext });
  expect(span.getBaggageItem('tenant')).toBe('a b 中 100 %');
  expect(span.context().parentId).toBe('0000000000000000');
  expect(span.context().isSampled).toBe(true);
});

test('a name in upper case is found by any spelling, and is set and sent but once', () => {
  const { tracer } = testTracer();
  const sender = new SpanContext(
    { traceId: '000000000000000a', spanId: '000000000000000b', parentId: '000000000000000a' },
    new SamplingState(1),
    new Map([['UserId', 'ada']]),
  );
  const carrier = new BinaryCarrier([]);
  tracer.inject(sender, FORMAT_BINARY, carrier);
  const context = tracer.extract(FORMAT_BINARY, carrier) as SpanContext;
  const span = tracer.startSpan('child', { childOf: context });
  expect(span.getBaggageItem('UserId')).toBe('ada');
  span.setBaggageItem('UserId', 'bob');
  expect([...span.context().baggage]).toEqual([['userid', 'bob']]);
});
