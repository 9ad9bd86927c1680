import { createLogger, createMetrics } from '@spoor/platform';
import { openMemoryStore } from '@spoor/storage-memory';
import { seededRandom } from '@spoor/wire/testkit';
import { describe, expect, test } from 'vitest';
import { keptBy, rootSpansAlike } from '../../testing/root-spans.ts';
import { ADAPTIVE_DEFAULTS, type AdaptiveOptions } from './adaptive-options.ts';
import { AdaptiveSampling } from './adaptive-sampling.ts';

/** Seconds of an interval, at the defaults. */
const INTERVAL = 60;
const { minSamplingProbability: LEAST } = ADAPTIVE_DEFAULTS;

/** How many of `count` are kept by `share`: from one that is kept to the next it is as far as chance has it. */
function keptOf(count: number, share: number, random: () => number): number {
  if (share >= 1) return Math.round(count);
  let kept = 0;
  let place = 0;
  for (;;) {
    place += 1 + Math.floor(Math.log(random()) / Math.log(1 - share));
    if (place > count) return kept;
    kept++;
  }
}

/**
 * One collector and the clients of one operation, by a clock that is set by hand. Half of the clients come for their
 * share an interval late, the others two. Gives the share after each interval.
 */
async function simulate(
  rates: readonly number[],
  { seed, ...options }: Partial<AdaptiveOptions> & { readonly seed: number },
): Promise<number[]> {
  const below = seededRandom(seed);
  const random = () => (below.below(2 ** 30) + 1) / (2 ** 30 + 1);
  let now = 1_700_000_000_000;
  const store = await openMemoryStore();
  const sampling = new AdaptiveSampling({
    store: store.sampling ?? expect.fail('no sampling'),
    options: { ...ADAPTIVE_DEFAULTS, ...options },
    collector: 'a',
    clock: () => now,
    logger: createLogger({ name: 'collector', level: 'silent' }),
    metrics: createMetrics(),
  });
  const shareNow = () => {
    const told = sampling.strategyOf('shop').operationSampling;
    const own = told?.perOperationStrategies.find(({ operation }) => operation === 'pay');
    return own?.probabilisticSampling.samplingRate ?? told?.defaultSamplingProbability ?? 0;
  };
  const shares = [shareNow(), shareNow(), shareNow()];
  for (const rate of rates) {
    const obeyed = shares.slice(-3, -1);
    let kept = 0;
    for (const share of obeyed) {
      const count = keptOf((rate * INTERVAL) / obeyed.length, share, random);
      kept += count;
      if (count > 0) sampling.count(rootSpansAlike('pay', count, keptBy('probabilistic', share)));
    }
    // What a client's lower bound of one a minute does.
    if (kept === 0) sampling.count(rootSpansAlike('pay', 1, keptBy('lowerbound', shareNow())));
    now += INTERVAL * 1000;
    await sampling.tell();
    await sampling.calculate();
    shares.push(shareNow());
  }
  return shares.slice(3);
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const steady = (rate: number, intervals: number) => Array.from({ length: intervals }, () => rate);

/** Ten doublings from the first share to 1, and the way to the clients and back. */
const SETTLED_AFTER = 20;

describe.each([1, 2, 3])('with the dice of seed %i', (seed) => {
  test.each([
    [1, 1],
    [1.5, 1],
    [5, 1],
    [20, 1],
    [100, 1],
    [1000, 1],
    [3000, 1],
    [10_000, 1],
    [10_000, 50],
    [100, 10],
  ])(
    'of %d traces a second, %d are kept after 20 intervals, give or take a fifth',
    async (rate, target) => {
      const options = { seed, targetSamplesPerSecond: target };
      const shares = await simulate(steady(rate, SETTLED_AFTER + 60), options);
      const kept = shares.slice(SETTLED_AFTER).map((share) => share * rate);
      expect(mean(kept)).toBeGreaterThan(0.8 * target);
      expect(mean(kept)).toBeLessThan(1.2 * target);
      for (const share of shares) {
        expect(share).toBeGreaterThanOrEqual(LEAST);
        expect(share).toBeLessThanOrEqual(1);
      }
    },
  );

  test('too few to reach the target are all kept', async () => {
    const shares = await simulate(steady(0.05, 40), { seed });
    expect(shares.slice(SETTLED_AFTER)).toEqual(steady(1, 20));
  });

  test('more than the least share can bring down to the target have that', async () => {
    const shares = await simulate(steady(1_000_000, 12), { seed });
    expect(shares.slice(4)).toEqual(steady(LEAST, 8));
  });

  test('a load that becomes a thousand times as large is answered within four intervals', async () => {
    const shares = await simulate([...steady(10, 30), ...steady(10_000, 40)], { seed });
    const kept = shares.slice(34).map((share) => share * 10_000);
    expect(mean(kept)).toBeGreaterThan(0.8);
    expect(mean(kept)).toBeLessThan(1.2);
  });

  test('a load that becomes a thousandth is answered within as many intervals as it has doublings, and five', async () => {
    const shares = await simulate([...steady(10_000, 10), ...steady(10, 60)], { seed });
    const kept = shares.slice(10 + 10 + 5).map((share) => share * 10);
    expect(mean(kept)).toBeGreaterThan(0.8);
    expect(mean(kept)).toBeLessThan(1.2);
  });
});
