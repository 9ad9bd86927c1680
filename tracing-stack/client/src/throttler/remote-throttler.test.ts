import { FORMAT_TEXT_MAP } from 'opentracing';
import { expect, test, vi } from 'vitest';
import { createCounters } from '../counters.ts';
import { constSampler } from '../samplers/const-sampler.ts';
import type { FetchText } from '../samplers/remote-sampler.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import { RemoteThrottler, type RemoteThrottlerOptions } from './remote-throttler.ts';

const PROCESS = {
  serviceName: 'a b',
  tags: [{ key: 'client-uuid', type: 'string', value: 'u-1' }],
} as const;

/** A throttler that gets these answers one by one; an error stands for no answer. */
function throttlerOf(
  answers: (object | string | Error)[],
  options: Partial<RemoteThrottlerOptions> = {},
) {
  const counters = createCounters();
  const logger = recordingLogger();
  const asked: string[] = [];
  const fetch: FetchText = async (url) => {
    asked.push(url);
    const answer = answers.shift() ?? new Error('nobody there');
    if (answer instanceof Error) throw answer;
    return typeof answer === 'string' ? answer : JSON.stringify(answer);
  };
  const url = 'http://127.0.0.1:5778/credits';
  const throttler = new RemoteThrottler({ url, counters, logger, fetch, ...options });
  throttler.setProcess(PROCESS);
  return { throttler, counters, asked, lines: logger.lines };
}

const credit = (operation: string, balance: number) => ({ balances: [{ operation, balance }] });

test('an operation has as many debug traces as it was given credits', async () => {
  const { throttler, asked, counters } = throttlerOf([credit('a', 2), credit('a', 0.5)]);
  await throttler.refresh();
  expect(asked).toEqual([]);
  expect(throttler.isAllowed('a')).toBe(false);
  throttler.isAllowed('b&c');
  await throttler.refresh();
  expect([1, 2, 3].map(() => throttler.isAllowed('a'))).toEqual([true, true, false]);
  expect(throttler.isAllowed('b&c')).toBe(false);
  await throttler.refresh();
  expect(throttler.isAllowed('a')).toBe(false);
  expect(asked[0]).toBe(
    'http://127.0.0.1:5778/credits?service=a+b&uuid=u-1&operations=a&operations=b%26c',
  );
  expect(counters).toMatchObject({ throttlerUpdates: 2, throttlerFailures: 0 });
});

test.each([
  ['no answer', new Error('nobody there'), 'nobody there'],
  ['no JSON', 'sorry', 'JSON'],
  ['no balances', {}, 'the answer has no balances'],
  ['balances of nothing', { balances: [null] }, 'a balance that is none'],
  ['less than nothing', credit('a', -1), 'a balance that is none'],
])('%s: counted, told once, and the credits stay', async (_, answer, reason) => {
  const { throttler, counters, lines } = throttlerOf([credit('a', 1), answer, answer]);
  throttler.isAllowed('a');
  for (let i = 0; i < 3; i++) await throttler.refresh();
  expect(throttler.isAllowed('a')).toBe(true);
  expect(counters).toMatchObject({ throttlerUpdates: 1, throttlerFailures: 2 });
  expect(lines).toEqual([expect.stringContaining(reason)]);
});

test('operations beyond the number that may be have no credits', async () => {
  const { throttler, asked } = throttlerOf([credit('a', 1)], { maxOperations: 1 });
  throttler.isAllowed('a');
  throttler.isAllowed('b');
  await throttler.refresh();
  expect(asked[0]).not.toContain('operations=b');
});

test('started, it asks in intervals, until it is closed', async () => {
  vi.useFakeTimers();
  try {
    const { throttler, asked } = throttlerOf([], { refreshInterval: 500 });
    throttler.isAllowed('a');
    throttler.start();
    await vi.advanceTimersByTimeAsync(1100);
    expect(asked).toHaveLength(3);
    await throttler.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
});

async function tracerWith(credits: number) {
  const { throttler } = throttlerOf([credit('work', credits)]);
  throttler.isAllowed('work');
  await throttler.refresh();
  return testTracer({ debugThrottler: throttler, sampler: constSampler(false) });
}

test('who asks by header for a debug trace gets it for a credit; without one, the sampler decides', async () => {
  const { tracer } = await tracerWith(1);
  const flags = () => {
    const caller = tracer.extract(FORMAT_TEXT_MAP, { 'jaeger-debug-id': 'x' });
    return tracer.startSpan('work', { childOf: caller ?? expect.fail() }).context().flags;
  };
  expect([flags(), flags()]).toEqual([3, 0]);
  expect(tracer.counters.debugRefused).toBe(1);
});

test('sampling.priority takes one credit a trace; without one, the tag is left out', async () => {
  const { tracer, spans } = await tracerWith(1);
  const first = tracer.startSpan('work').setTag('sampling.priority', 1);
  tracer.startSpan('work', { childOf: first }).setTag('sampling.priority', 1).finish();
  const second = tracer.startSpan('work').setTag('sampling.priority', 1);
  expect([first.context().flags, second.context().flags]).toEqual([3, 0]);
  // To give a trace up takes none.
  expect(first.setTag('sampling.priority', 0).context().flags).toBe(0);
  expect(tracer.counters.debugRefused).toBe(1);
  expect(spans).toHaveLength(1);
});
