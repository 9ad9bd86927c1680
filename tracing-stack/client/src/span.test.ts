import { valueAsString } from '@spoor/model';
import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { constSampler } from './samplers/const-sampler.ts';
import { handClock } from './testkit/hand-clock.ts';
import { testTracer } from './testkit/test-tracer.ts';

/** Tags or fields as `key=value`. */
const texts = (tags: readonly { key: string }[] = []) =>
  tags.map((tag) => `${tag.key}=${valueAsString(tag as Parameters<typeof valueAsString>[0])}`);

test('a span reports its name, times, tags and logs', () => {
  const clock = handClock();
  const { tracer, spans } = testTracer({ clock });
  const span = tracer.startSpan('first');
  clock.pass(10);
  span.setOperationName('second').setTag('a', 1).addTags({ b: true, c: 'x' });
  span.log({ event: 'read', bytes: 42 });
  clock.pass(5);
  span.logEvent('done', { ok: 1 });
  span.finish();
  expect(spans).toMatchObject([{ operationName: 'second', startTime: 1_000_000, duration: 15 }]);
  expect(texts(spans[0]?.tags).slice(2)).toEqual(['a=1', 'b=true', 'c=x']);
  expect(spans[0]?.logs.map(({ timestamp }) => timestamp)).toEqual([1_000_010, 1_000_015]);
  expect(spans[0]?.logs.map(({ fields }) => texts(fields))).toEqual([
    ['event=read', 'bytes=42'],
    ['event=done', 'payload={"ok":1}'],
  ]);
});

test('times of the application are milliseconds with a fraction', () => {
  const { tracer, spans } = testTracer();
  const span = tracer.startSpan('own', { startTime: 5000.25 });
  span.log({ event: 'e' }, 5001.125);
  span.finish(5002.5);
  expect(spans).toMatchObject([
    { startTime: 5_000_250, duration: 2250, logs: [{ timestamp: 5_001_125 }] },
  ]);
});

test('a start of the application and an end of ours are both times of day', () => {
  const { tracer, spans } = testTracer({ clock: handClock() });
  tracer.startSpan('own', { startTime: 900 }).finish();
  expect(spans).toMatchObject([{ startTime: 900_000, duration: 100_000 }]);
});

test.each([
  ['before the start', 999.9, 0],
  ['that is no number', Number.NaN, 7],
])('an end %s does no harm', (_, finishTime, duration) => {
  const clock = handClock();
  const { tracer, spans } = testTracer({ clock });
  const span = tracer.startSpan('odd');
  clock.pass(7);
  span.finish(finishTime);
  expect(spans).toMatchObject([{ duration }]);
});

test('a leap of the clock does not lengthen a span, nor put its logs outside of it', () => {
  let leap = 0;
  const { tracer, spans } = testTracer({ clock: { now: () => ({ time: 50 + leap, elapsed: 1 }) } });
  const span = tracer.startSpan('slept');
  leap = 3_600_000_000;
  span.log({ event: 'awake' });
  span.finish();
  expect(spans).toMatchObject([{ startTime: 50, duration: 0, logs: [{ timestamp: 50 }] }]);
});

test('a second finish is counted and told, and not reported', () => {
  const { tracer, spans, lines } = testTracer();
  const span = tracer.startSpan('once');
  span.finish();
  span.finish();
  span.finish();
  expect(spans).toHaveLength(1);
  expect(tracer.counters).toMatchObject({ started: 1, finished: 1, sampled: 1, finishedAgain: 2 });
  expect(lines).toEqual([
    'ERROR [client] span 0000000000000001:0000000000000001:0000000000000000:1 (once) was finished twice; more of this kind is only counted',
  ]);
});

test('what comes after finish is counted and not reported', () => {
  const { tracer, spans } = testTracer();
  const span = tracer.startSpan('over');
  span.finish();
  span.setTag('late', 1).log({ event: 'late' });
  expect(texts(spans[0]?.tags)).not.toContain('late=1');
  expect(spans[0]?.logs).toEqual([]);
  expect(tracer.counters.tooLate).toBe(2);
});

test('baggage is logged on the span, with a word when it replaces', () => {
  const { tracer, spans } = testTracer();
  const span = tracer.startSpan('root');
  span.setBaggageItem('Tenant', 'a').setBaggageItem('tenant', 'b');
  expect(span.getBaggageItem('TENANT')).toBe('b');
  expect(span.getBaggageItem('other')).toBeUndefined();
  span.finish();
  expect(spans[0]?.logs.map(({ fields }) => texts(fields))).toEqual([
    ['event=baggage', 'key=Tenant', 'value=a'],
    ['event=baggage', 'key=tenant', 'value=b', 'override=true'],
  ]);
});

test('baggage goes to children that start later, and to nobody else', () => {
  const { tracer } = testTracer();
  const root = tracer.startSpan('root');
  const early = tracer.startSpan('early', { childOf: root });
  root.setBaggageItem('a', '1');
  const late = tracer.startSpan('late', { childOf: root });
  late.setBaggageItem('b', '2');
  const baggageOf = (span: typeof root) => Object.fromEntries(span.context().baggage);
  expect([early, root, late].map(baggageOf)).toEqual([{}, { a: '1' }, { a: '1', b: '2' }]);
});

test('of a trace that is not sampled nothing is reported, and its identity and baggage go on', () => {
  const { tracer, spans } = testTracer({ sampler: constSampler(false) });
  const root = tracer.startSpan('root', { tags: { a: 1 } });
  root.setBaggageItem('b', '1').log({ event: 'e' });
  const carrier = {};
  tracer.inject(root, opentracing.FORMAT_HTTP_HEADERS, carrier);
  root.finish();
  expect(carrier).toEqual({
    'uber-trace-id': '0000000000000001:0000000000000001:0000000000000000:0',
    'uberctx-b': '1',
  });
  expect(spans).toEqual([]);
  expect(tracer.counters).toMatchObject({ started: 1, finished: 1, sampled: 0 });
});

const { SAMPLING_PRIORITY } = opentracing.Tags;

test('sampling.priority 1 keeps a trace that the sampler gave up, with flags debug and sampled', () => {
  const { tracer, spans } = testTracer({ sampler: constSampler(false) });
  const root = tracer.startSpan('root');
  const child = tracer.startSpan('child', {
    childOf: root,
    tags: { a: 1, [SAMPLING_PRIORITY]: 1 },
  });
  child.finish();
  root.finish();
  expect(spans.map(({ operationName, flags }) => [operationName, flags])).toEqual([
    ['child', 3],
    ['root', 3],
  ]);
  expect(texts(spans[0]?.tags)).toEqual(['a=1', 'sampling.priority=1']);
});

test('sampling.priority 0 gives a trace up', () => {
  const { tracer, spans } = testTracer();
  const root = tracer.startSpan('root').setTag(SAMPLING_PRIORITY, 0);
  root.finish();
  expect(spans).toEqual([]);
  expect(root.context().flags).toBe(0);
});

// As npm jaeger-client 3.19.0: what is more than 0 keeps the trace, what is not gives it up, and nothing asks nothing.
test.each<[unknown, onUnsampled: number, onSampled: number]>([
  [1, 3, 3],
  ['1', 3, 3],
  [true, 3, 3],
  [1.5, 3, 3],
  [65_536, 3, 3],
  [2n, 3, 3],
  [0, 0, 0],
  ['0', 0, 0],
  [-1, 0, 0],
  [Number.NaN, 0, 0],
  ['x', 0, 0],
  [{}, 0, 0],
  [null, 0, 1],
  [undefined, 0, 1],
])(
  'sampling.priority %o makes the flags %d of an unsampled and %d of a sampled trace',
  (priority, ...flags) => {
    const ways = [
      (root: opentracing.Span) => root.setTag(SAMPLING_PRIORITY, priority),
      (root: opentracing.Span) => root.addTags({ [SAMPLING_PRIORITY]: priority }),
    ];
    for (const ask of ways) {
      const asked = [false, true].map((sampled) => {
        const { tracer } = testTracer({ sampler: constSampler(sampled) });
        const root = tracer.startSpan('root');
        ask(root);
        return root.context().flags;
      });
      expect(asked).toEqual(flags);
    }
  },
);

test('a sampling.priority that asks for nothing is no tag', () => {
  const { tracer, spans } = testTracer();
  tracer.startSpan('root').setTag(SAMPLING_PRIORITY, null).finish();
  expect(texts(spans[0]?.tags)).toEqual(['sampler.type=const', 'sampler.param=true']);
});
