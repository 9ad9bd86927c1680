import { FORMAT_TEXT_MAP } from 'opentracing';
import { expect, test, vi } from 'vitest';
import { createCounters } from '../counters.ts';
import type { FetchText } from '../samplers/remote-sampler.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import { RemoteRestrictions, type RemoteRestrictionsOptions } from './remote-restrictions.ts';

/** Restrictions that get these answers one by one; an error stands for no answer. */
function restrictionsOf(
  answers: (string | Error)[],
  options: Partial<RemoteRestrictionsOptions> = {},
) {
  const counters = createCounters();
  const logger = recordingLogger();
  const asked: string[] = [];
  const fetch: FetchText = async (url) => {
    asked.push(url);
    const answer = answers.shift() ?? new Error('nobody there');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const restrictions = new RemoteRestrictions({
    serviceName: 'a b&c',
    url: 'http://127.0.0.1:5778/baggageRestrictions',
    counters,
    logger,
    fetch,
    ...options,
  });
  return { restrictions, counters, asked, lines: logger.lines };
}

const TENANT = '[{"baggageKey":"Tenant","maxValueLength":5}]';

test('what is on the list may be set, and nothing else; a new answer counts at once', async () => {
  const { restrictions, counters, asked } = restrictionsOf([TENANT, '[]']);
  await restrictions.refresh();
  expect(restrictions.maxLengthOf('tenant')).toBe(5);
  expect(restrictions.maxLengthOf('other')).toBeUndefined();
  await restrictions.refresh();
  expect(restrictions.maxLengthOf('tenant')).toBeUndefined();
  expect(asked[0]).toBe('http://127.0.0.1:5778/baggageRestrictions?service=a+b%26c');
  expect(counters).toMatchObject({ baggageUpdates: 2, baggageFailures: 0 });
});

test('until the first answer everything may be set, or nothing if that is asked for', () => {
  expect(restrictionsOf([]).restrictions.maxLengthOf('any')).toBe(Number.POSITIVE_INFINITY);
  const { restrictions } = restrictionsOf([], { deniesAtFirst: true });
  expect(restrictions.maxLengthOf('any')).toBeUndefined();
});

test.each([
  ['no answer', new Error('nobody there'), 'nobody there'],
  ['no JSON', 'sorry', 'JSON'],
  ['no list', '{}', 'the answer is no list'],
  ['no key', '[{"maxValueLength":1}]', 'a restriction without baggageKey'],
  ['no length', '[{"baggageKey":"a"}]', 'maxValueLength of a is no length'],
  ['nothing in the list', '[null]', 'a restriction without baggageKey'],
])('%s: counted, told once, and the last answer stays', async (_, answer, reason) => {
  const { restrictions, counters, lines } = restrictionsOf([TENANT, answer, answer]);
  for (let i = 0; i < 3; i++) await restrictions.refresh();
  expect(restrictions.maxLengthOf('tenant')).toBe(5);
  expect(counters).toMatchObject({ baggageUpdates: 1, baggageFailures: 2 });
  expect(lines).toEqual([expect.stringContaining(reason)]);
});

test('started, it asks at once and then in intervals, until it is closed', async () => {
  vi.useFakeTimers();
  try {
    const answers = Array.from({ length: 9 }, () => TENANT);
    const { restrictions, asked } = restrictionsOf(answers, { refreshInterval: 500 });
    restrictions.start();
    await vi.advanceTimersByTimeAsync(1100);
    expect(asked).toHaveLength(3);
    await restrictions.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
});

test('a span refuses what may not be set, cuts what is too long, and tells both in its log', async () => {
  const { restrictions } = restrictionsOf([TENANT]);
  await restrictions.refresh();
  const { tracer, spans } = testTracer({ baggageRestrictions: restrictions });
  const span = tracer.startSpan('work');
  span.setBaggageItem('TENANT', '鲍勃!').setBaggageItem('other', 'x').finish();
  expect(span.getBaggageItem('tenant')).toBe('鲍');
  expect(span.getBaggageItem('other')).toBeUndefined();
  const carrier = {};
  tracer.inject(span, FORMAT_TEXT_MAP, carrier);
  expect(Object.keys(carrier)).toEqual(['uber-trace-id', 'uberctx-tenant']);
  expect(tracer.counters).toMatchObject({ baggageRefused: 1, baggageCut: 1 });
  const logs = spans[0]?.logs.map(({ fields }) =>
    Object.fromEntries(fields.map(({ key, value }) => [key, value])),
  );
  expect(logs).toEqual([
    { event: 'baggage', key: 'TENANT', value: '鲍', truncated: 'true' },
    { event: 'baggage', key: 'other', value: 'x', invalid: 'true' },
  ]);
});

test('what a caller sent is handed on, whatever the restrictions', async () => {
  const { restrictions } = restrictionsOf(['[]']);
  await restrictions.refresh();
  const { tracer } = testTracer({ baggageRestrictions: restrictions });
  const caller = { 'uber-trace-id': '1:1:0:1', 'uberctx-user': 'alice' };
  const context = tracer.extract(FORMAT_TEXT_MAP, caller);
  const span = tracer.startSpan('work', { childOf: context ?? expect.fail() });
  expect(span.getBaggageItem('user')).toBe('alice');
});
