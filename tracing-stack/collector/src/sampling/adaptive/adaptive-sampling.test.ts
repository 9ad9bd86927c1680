import { createLogger, createMetrics } from '@spoor/platform';
import type { SamplingStore } from '@spoor/storage-api';
import { openMemoryStore } from '@spoor/storage-memory';
import { afterEach, expect, test, vi } from 'vitest';
import { keptBy, rootSpans } from '../../testing/root-spans.ts';
import { ADAPTIVE_DEFAULTS } from './adaptive-options.ts';
import { AdaptiveSampling } from './adaptive-sampling.ts';
import { startAdaptiveSampling } from './start-adaptive-sampling.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

async function openSampling(): Promise<SamplingStore> {
  const { sampling } = await openMemoryStore();
  return sampling ?? expect.fail('no sampling');
}

function parts(store: SamplingStore, collector: string, clock: () => number) {
  const lines: { msg: string; reason?: string }[] = [];
  return {
    store,
    collector,
    clock,
    options: { ...ADAPTIVE_DEFAULTS, delayMs: 0 },
    logger: createLogger({
      name: 'collector',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
    metrics: createMetrics(),
    lines,
  };
}

const shareOf = (sampling: Pick<AdaptiveSampling, 'strategyOf'>, operation: string) =>
  sampling
    .strategyOf('shop')
    .operationSampling?.perOperationStrategies.find((each) => each.operation === operation)
    ?.probabilisticSampling.samplingRate;

test('a service of which nothing is known is told the share of new operations and the lower bound', async () => {
  const sampling = new AdaptiveSampling(parts(await openSampling(), 'a', () => START));
  expect(sampling.strategyOf('any')).toEqual({
    strategyType: 'PROBABILISTIC',
    operationSampling: {
      defaultSamplingProbability: 0.001,
      defaultLowerBoundTracesPerSecond: 1 / 60,
      perOperationStrategies: [],
      defaultUpperBoundTracesPerSecond: 0,
    },
  });
});

test('one of two leads, by what both saw, and the other tells the same; when it is gone, the other goes on', async () => {
  let now = START;
  const store = await openSampling();
  const a = new AdaptiveSampling(parts(store, 'a', () => now));
  const b = new AdaptiveSampling(parts(store, 'b', () => now));
  await a.lease.renew();
  await b.lease.renew();
  expect([a.lease.isHeld, b.lease.isHeld]).toEqual([true, false]);

  for (const each of [a, b]) each.count(rootSpans('pay', 600, keptBy('probabilistic', 0.1)));
  now += MINUTE;
  await a.tell();
  await b.tell();
  await a.lease.renew();
  await a.calculate();
  // 100 traces a second at each of them: a share of 0.001 is five times too little, and may double.
  expect(shareOf(a, 'pay')).toBe(0.002);
  expect(shareOf(b, 'pay')).toBeUndefined();
  await b.load();
  expect(shareOf(b, 'pay')).toBe(0.002);

  now += MINUTE;
  expect(a.lease.isHeld).toBe(false);
  await b.lease.renew();
  expect(b.lease.isHeld).toBe(true);
  b.count(rootSpans('pay', 600, keptBy('probabilistic', 0.1)));
  await b.tell();
  await b.calculate();
  expect(shareOf(b, 'pay')).toBe(0.004);
});

test('a leader that closes gives the lease back', async () => {
  const store = await openSampling();
  const a = new AdaptiveSampling(parts(store, 'a', () => START));
  const b = new AdaptiveSampling(parts(store, 'b', () => START));
  await a.lease.renew();
  await a.close();
  await b.lease.renew();
  expect([a.lease.isHeld, b.lease.isHeld]).toEqual([false, true]);
});

test('what could not be told is told the next time, with the time that it took', async () => {
  let now = START;
  const store = await openSampling();
  let isAway = true;
  const flaky: SamplingStore = Object.assign(Object.create(store), {
    addThroughput: (...args: Parameters<SamplingStore['addThroughput']>) =>
      isAway ? Promise.reject(new Error('away')) : store.addThroughput(...args),
  });
  const sampling = new AdaptiveSampling(parts(flaky, 'a', () => now));
  sampling.count(rootSpans('pay', 6, keptBy('probabilistic', 0.5)));
  now += MINUTE;
  await expect(sampling.tell()).rejects.toThrow('away');
  isAway = false;
  now += MINUTE;
  await sampling.tell();
  expect(await store.throughput(0, now * 1000)).toEqual([
    {
      collector: 'a',
      time: now * 1000,
      duration: 2 * MINUTE * 1000,
      operations: [{ service: 'shop', operation: 'pay', sampled: 6, estimated: 12 }],
    },
  ]);
});

test('by its own clocks it counts, leads and calculates, until it is closed', async () => {
  vi.useFakeTimers({ now: START });
  const store = await openSampling();
  const running = startAdaptiveSampling(parts(store, 'a', Date.now));
  running.count(rootSpans('pay', 600, keptBy('probabilistic', 0.001)));
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(shareOf(running, 'pay')).toBe(0.0001);
  const next = startAdaptiveSampling(parts(store, 'b', Date.now));
  await vi.advanceTimersByTimeAsync(0);
  expect(shareOf(next, 'pay')).toBe(0.0001);
  await running.close();
  await next.close();
  expect(vi.getTimerCount()).toBe(0);
});

test('a store that is away is told once, and tried again', async () => {
  vi.useFakeTimers({ now: START });
  const store = await openSampling();
  let isAway = true;
  const flaky = new Proxy(store, {
    get: (target, name) =>
      isAway ? () => Promise.reject(new Error('away')) : Reflect.get(target, name).bind(target),
  });
  const given = parts(flaky, 'a', Date.now);
  const running = startAdaptiveSampling(given);
  running.count(rootSpans('pay', 600, keptBy('probabilistic', 0.001)));
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(given.lines.filter(({ reason }) => reason === 'away')).toHaveLength(1);
  isAway = false;
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  // What it counted in the first minute was not lost.
  expect((await store.throughput(0, Date.now() * 1000))[0]?.operations).toHaveLength(1);
  await running.close();
});

test('who closes while it asks to lead does not lead on in the store', async () => {
  const store = await openSampling();
  let take = () => {};
  const asked = new Promise<void>((resolve) => {
    take = resolve;
  });
  const slow: SamplingStore = Object.assign(Object.create(store), {
    async takeLease(...args: Parameters<SamplingStore['takeLease']>) {
      if (args[0].until > 0) await asked;
      return store.takeLease(...args);
    },
  });
  const running = startAdaptiveSampling(parts(slow, 'a', () => START));
  const closed = running.close();
  take();
  await closed;
  const other = new AdaptiveSampling(parts(store, 'b', () => START));
  await other.lease.renew();
  expect(other.lease.isHeld).toBe(true);
});
