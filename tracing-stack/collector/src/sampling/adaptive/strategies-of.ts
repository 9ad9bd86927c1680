import type { OperationStrategy, SamplingStrategy } from '@spoor/model';
import type { OperationProbability } from '@spoor/storage-api';
import type { AdaptiveOptions } from './adaptive-options.ts';

type Bounds = Pick<AdaptiveOptions, 'initialSamplingProbability' | 'minSamplesPerSecond'>;

/** What each service is told that has operations with a share of their own. */
export function strategiesOf(
  probabilities: readonly OperationProbability[],
  bounds: Bounds,
): ReadonlyMap<string, SamplingStrategy> {
  const operations = new Map<string, OperationStrategy[]>();
  for (const { service, operation, probability } of probabilities) {
    const strategy = { operation, probabilisticSampling: { samplingRate: probability } };
    const others = operations.get(service);
    if (others) others.push(strategy);
    else operations.set(service, [strategy]);
  }
  return new Map(Array.from(operations, ([service, own]) => [service, strategyOf(own, bounds)]));
}

/** What a service is told of which nothing is known. */
export function strategyOfNew(bounds: Bounds): SamplingStrategy {
  return strategyOf([], bounds);
}

function strategyOf(
  perOperationStrategies: readonly OperationStrategy[],
  { initialSamplingProbability, minSamplesPerSecond }: Bounds,
): SamplingStrategy {
  return {
    strategyType: 'PROBABILISTIC',
    operationSampling: {
      defaultSamplingProbability: initialSamplingProbability,
      defaultLowerBoundTracesPerSecond: minSamplesPerSecond,
      perOperationStrategies,
      defaultUpperBoundTracesPerSecond: 0,
    },
  };
}
