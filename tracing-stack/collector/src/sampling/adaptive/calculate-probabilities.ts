import type { Micros } from '@spoor/model';
import type { OperationProbability, Throughput } from '@spoor/storage-api';
import type { AdaptiveOptions } from './adaptive-options.ts';
import { OperationMap } from './operation-map.ts';

/** How much a share may grow at once: what was rare so far may have been but a pause of something frequent. */
const MAX_GROWTH = 2;

/**
 * The share of each operation that would have kept the target of its traces. How many traces there are is known from the
 * shares that kept those which came: a trace that a share of 0.01 kept stands for a hundred. So it matters neither how
 * late clients come to obey, nor that each obeys something else; Jaeger compares what was kept with the share of today,
 * and so must wait until all obey. A share falls at once, and grows at most to the double.
 *
 * `throughput` is what was seen up to `until`; an operation of which there is nothing is forgotten.
 */
export function calculateProbabilities(
  previous: readonly OperationProbability[],
  throughput: readonly Throughput[],
  until: Micros,
  options: AdaptiveOptions,
): OperationProbability[] {
  const before = new OperationMap<OperationProbability>();
  for (const each of previous) before.set(each.service, each.operation, each);
  const rates = recentRates(throughput, until, options);
  const seen = new OperationMap<true>();
  for (const { operations } of throughput) {
    for (const { service, operation } of operations) seen.set(service, operation, true);
  }
  return Array.from(seen.entries(), ([service, operation]) => {
    const old = before.get(service, operation) ?? {
      service,
      operation,
      probability: options.initialSamplingProbability,
      isRising: false,
    };
    const rate = rates.get(service, operation);
    return rate === undefined ? old : { ...old, ...nextProbability(old, rate, options) };
  });
}

/** Of an operation in the newest intervals. */
interface Rate {
  /** Root spans that a share kept. */
  sampled: number;
  /** Traces a second that there were. */
  perSecond: number;
}

function nextProbability(
  { probability, isRising }: OperationProbability,
  { sampled, perSecond }: Rate,
  options: AdaptiveOptions,
): Pick<OperationProbability, 'probability' | 'isRising'> {
  const { targetSamplesPerSecond, deltaTolerance, minSamplingProbability } = options;
  const limited = (share: number) => Math.min(1, Math.max(minSamplingProbability, share));
  const most = probability * MAX_GROWTH;
  // Only lower bounds kept any: it is rarer than the share can tell.
  if (sampled === 0) return { probability: limited(most), isRising: most < 1 };
  const wanted = limited(targetSamplesPerSecond / perSecond);
  const deviation = Math.abs(perSecond * probability - targetSamplesPerSecond);
  // What is on its way goes all of it, or it would stay short of the target by the tolerance.
  if (!isRising && deviation < deltaTolerance * targetSamplesPerSecond) {
    return { probability: limited(probability), isRising: false };
  }
  return { probability: limited(Math.min(wanted, most)), isRising: wanted > most };
}

/** What each operation comes to, over all collectors, in the newest intervals of each. Those without news are not in it. */
function recentRates(
  throughput: readonly Throughput[],
  until: Micros,
  { bucketsForCalculation, calculationIntervalMs }: AdaptiveOptions,
): OperationMap<Rate> {
  // One more, since collectors do not count in step; a collector that is gone is out of it soon.
  const from = until - (bucketsForCalculation + 1) * calculationIntervalMs * 1000;
  const byCollector = new Map<string, Throughput[]>();
  for (const each of throughput) {
    if (each.time <= from || each.duration <= 0) continue;
    const others = byCollector.get(each.collector);
    if (others) others.push(each);
    else byCollector.set(each.collector, [each]);
  }
  const rates = new OperationMap<Rate>();
  for (const intervals of byCollector.values()) {
    const newest = intervals.sort((a, b) => b.time - a.time).slice(0, bucketsForCalculation);
    const weights = weightsOf(newest.length);
    for (const [i, { operations, duration }] of newest.entries()) {
      const perSecond = ((weights[i] ?? 0) * 1_000_000) / duration;
      for (const { service, operation, sampled, estimated } of operations) {
        const rate = rates.get(service, operation) ?? { sampled: 0, perSecond: 0 };
        rate.sampled += sampled;
        rate.perSecond += estimated * perSecond;
        rates.set(service, operation, rate);
      }
    }
  }
  return rates;
}

/** Of `count` intervals, newest first: with the fourth power of their place, as Jaeger has it; 1 in sum. */
function weightsOf(count: number): number[] {
  const weights = Array.from({ length: count }, (_, i) => (count - i) ** 4);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
