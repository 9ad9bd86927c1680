import { FORMAT_TEXT_MAP } from 'opentracing';
import { expect, test } from 'vitest';
import { type SpanContext, spanContextFromText } from '../span-context.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import type { Codec } from './codec.ts';

/** One line of text, `context;name=value;…`, in the first place of a list. */
const lineCodec: Codec = {
  inject(context, carrier) {
    const items = Array.from(context.baggage, ([name, value]) => `${name}=${value}`);
    (carrier as string[])[0] = [String(context), ...items].join(';');
  },
  extract(carrier) {
    const [text = '', ...items] = ((carrier as string[])[0] ?? '').split(';');
    const pairs = items.map((item) => item.split('=') as [string, string]);
    return spanContextFromText(text, pairs);
  },
};

test.each([
  ['given in the place of the format', lineCodec],
  ['registered for a name', 'line'],
  ['registered for an object', { format: 'line' }],
])("a codec of the application's own, %s, carries a context there and back", (_, format) => {
  const { tracer } = testTracer();
  if (format !== lineCodec) {
    tracer.registerInjector(format, lineCodec);
    tracer.registerExtractor(format, lineCodec);
  }
  const span = tracer.startSpan('root').setBaggageItem('user', '中');
  const carrier: string[] = [];
  tracer.inject(span, format, carrier);
  expect(carrier).toEqual([`${span.context()};user=中`]);
  const context = tracer.extract(format, carrier) as SpanContext;
  expect(String(context)).toBe(String(span.context()));
  expect(context.baggage).toEqual(new Map([['user', '中']]));
  expect(tracer.extract(format, ['nothing'])).toBeNull();
});

test('what a codec throws is counted and breaks nothing', () => {
  const { tracer } = testTracer();
  const broken: Codec = {
    inject: () => {
      throw new Error('no room');
    },
    extract: () => {
      throw new Error('no sense');
    },
  };
  tracer.inject(tracer.startSpan('root'), broken, {});
  expect(tracer.extract(broken, {})).toBeNull();
  expect(tracer.counters).toMatchObject({ injectErrors: 1, extractErrors: 1 });
});

test('a registered codec takes the place of a format that is built in', () => {
  const { tracer } = testTracer();
  tracer.registerInjector(FORMAT_TEXT_MAP, lineCodec);
  const carrier: string[] = [];
  tracer.inject(tracer.startSpan('root'), FORMAT_TEXT_MAP, carrier);
  expect(carrier).toHaveLength(1);
});

test('a list of pairs can be the carrier of text', () => {
  const { tracer } = testTracer();
  const span = tracer.startSpan('root');
  const pairs: [string, string][] = [];
  tracer.inject(span, FORMAT_TEXT_MAP, pairs);
  expect(pairs).toEqual([['uber-trace-id', String(span.context())]]);
  expect(String(tracer.extract(FORMAT_TEXT_MAP, pairs))).toBe(String(span.context()));
});

test('names of baggage that came as text are found in any case', () => {
  const { tracer } = testTracer();
  const context = spanContextFromText('1:2:0:1', [['UserId', 'ada']]) as SpanContext;
  const span = tracer.startSpan('child', { childOf: context });
  expect(span.getBaggageItem('UserId')).toBe('ada');
});
