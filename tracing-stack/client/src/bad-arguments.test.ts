import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { background, contextWithSpan, startSpanFromContext } from './context.ts';
import { testTracer } from './testkit/test-tracer.ts';
import type { Tracer } from './tracer.ts';

// What a program in plain JavaScript may do by mistake. No call throws, the span is reported, and what was left out or
// replaced is counted, and told once.

const broken = () => {
  throw new Error('trap');
};
const unreadable = (): object =>
  new Proxy(() => {}, {
    get: broken,
    ownKeys: broken,
    getPrototypeOf: broken,
    getOwnPropertyDescriptor: broken,
  });
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
/** `String` throws of it. */
const textless = () => Object.create(null);

/** Whatever a program without types gives. */
// biome-ignore lint/suspicious/noExplicitAny: the mistakes are the test
type Careless = any;

const start = (options: Careless) => (tracer: Tracer) => tracer.startSpan('x', options);
const onSpan = (mistake: (span: Careless) => void) => (tracer: Tracer) => {
  const span = tracer.startSpan('x');
  mistake(span);
  return span;
};

test.each<[string, (tracer: Tracer) => opentracing.Span, badArguments: number]>([
  ['no options', start(null), 0],
  ['options that are a number', start(5), 1],
  ['options that cannot be read', start(unreadable()), 1],
  [
    'references that are none',
    start({ references: [null, 5, {}, opentracing.childOf(null as Careless)] }),
    3,
  ],
  ['references that are no list', start({ references: 5 }), 1],
  ['no references', start({ references: null, childOf: null }), 0],
  ['a reference that cannot be read', start({ references: [unreadable(), revoked()] }), 2],
  ['a parent that is no span', start({ childOf: 'foo' }), 1],
  ['a parent that cannot be read', start({ childOf: revoked() }), 1],
  ["another tracer's parent", start({ childOf: new opentracing.Tracer().startSpan('noop') }), 1],
  ['a start in nanoseconds', start({ startTime: process.hrtime.bigint() }), 1],
  ['tags that are a number', start({ tags: 5 }), 1],
  ['tags that cannot be read', start({ tags: unreadable() }), 1],
  ['revoked tags', start({ tags: revoked() }), 1],
  ['a name that is no text', (tracer) => tracer.startSpan(textless()), 1],
  ['a symbol as a name', (tracer) => tracer.startSpan(Symbol('x') as Careless), 0],
  ['another name that is no text', onSpan((span) => span.setOperationName(textless())), 1],
  [
    'added tags that cannot be read',
    onSpan((span) => span.addTags(unreadable()).addTags(revoked())),
    2,
  ],
  ['no tags to add', onSpan((span) => span.addTags(null).addTags(undefined)), 0],
  ['a key that is no text', onSpan((span) => span.setTag(textless(), 1)), 1],
  ['a symbol as a key', onSpan((span) => span.setTag(Symbol('x'), 1)), 0],
  [
    'a priority that is a symbol',
    onSpan((span) => span.setTag('sampling.priority', Symbol('x'))),
    1,
  ],
  ['a log that cannot be read', onSpan((span) => span.log(unreadable()).log(revoked())), 2],
  ['a log that is a number', onSpan((span) => span.log(5)), 1],
  ['a log of nothing', onSpan((span) => span.log(null).log(undefined)), 0],
  ['a time of a log in nanoseconds', onSpan((span) => span.log({ a: 1 }, 5n)), 1],
  [
    'baggage that is no text',
    onSpan((span) => span.setBaggageItem(textless(), 'v').setBaggageItem('k', textless())),
    2,
  ],
  ['baggage asked for by no text', onSpan((span) => span.getBaggageItem(textless())), 0],
  [
    'a context without a tracer',
    (tracer) => startSpanFromContext(undefined, 'x', null, tracer)[0],
    0,
  ],
  [
    'a context in which something else than a span is under way',
    (tracer) => startSpanFromContext(contextWithSpan(null, {} as Careless), 'x', null, tracer)[0],
    1,
  ],
  [
    'references that are no list, in a context',
    (tracer) => startSpanFromContext(background(), 'x', { references: 5 } as Careless, tracer)[0],
    1,
  ],
])('%s', (_, begin, badArguments) => {
  const { tracer, spans, lines } = testTracer();
  begin(tracer).finish();
  expect(spans).toHaveLength(1);
  expect(tracer.counters).toMatchObject({ badArguments, injectErrors: 0, reducedValues: 0 });
  expect(lines).toHaveLength(Math.min(badArguments, 1));
});

test.each([
  ['in nanoseconds', 5n],
  ['that is no number', Number.NaN],
  ['that cannot be read', unreadable()],
])('an end %s is replaced by now', (_, end) => {
  const { tracer, spans, lines } = testTracer();
  tracer.startSpan('x').finish(end as Careless);
  expect(spans).toHaveLength(1);
  expect(tracer.counters.badArguments).toBe(1);
  expect(lines).toEqual([
    'ERROR [client] a time that is no number of milliseconds was replaced by now; more of this kind is only counted',
  ]);
});

test('a text alone in a log is the event', () => {
  const { tracer, spans } = testTracer();
  tracer
    .startSpan('x')
    .log('hello' as Careless)
    .finish();
  expect(spans[0]?.logs[0]?.fields).toEqual([{ key: 'event', type: 'string', value: 'hello' }]);
});

test('a value that cannot be written whole is counted once, whatever it loses', () => {
  const { tracer, spans, lines } = testTracer();
  const cycle: Record<string, unknown> = { a: 1 };
  Object.assign(cycle, { self: cycle, again: cycle });
  tracer
    .startSpan('x', { tags: { cycle } })
    .setTag('revoked', revoked())
    .log({ unreadable: unreadable() })
    .finish();
  expect(spans[0]?.tags.at(-2)).toMatchObject({
    value: '{"a":1,"self":"[Circular]","again":"[Circular]"}',
  });
  expect(tracer.counters).toMatchObject({ reducedValues: 3, badArguments: 0 });
  expect(lines).toEqual([
    'ERROR [client] not all of cycle was kept: it contains itself; more of this kind is only counted',
  ]);
});

test.each([
  [
    'inject of',
    (tracer: Tracer) => tracer.inject(revoked() as Careless, 'text_map', {}),
    'injectErrors',
  ],
  [
    'inject into',
    (tracer: Tracer) => tracer.inject(tracer.startSpan('x'), 'text_map', revoked()),
    'injectErrors',
  ],
  ['extract from', (tracer: Tracer) => tracer.extract('text_map', revoked()), 'extractErrors'],
  ['extract in the format of', (tracer: Tracer) => tracer.extract(revoked(), {}), 'extractErrors'],
  [
    'a codec that throws',
    (tracer: Tracer) =>
      tracer.extract(
        {
          extract() {
            throw revoked();
          },
        },
        {},
      ),
    'extractErrors',
  ],
] as const)('%s a revoked proxy is counted', (_, call, counter) => {
  const { tracer } = testTracer();
  call(tracer);
  expect(tracer.counters[counter]).toBe(1);
});
