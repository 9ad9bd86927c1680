import type { SamplingStrategy } from '@spoor/model';
import { jsonText } from '../json/go-json-text.ts';

/** Codes of `strategyType` in Thrift 0.9.2, whose JSON had numbers where later ones have names. */
const LEGACY_TYPES = { PROBABILISTIC: 0, RATE_LIMITING: 1 } as const;

/** What `/sampling` and `/api/sampling` answer. Zeros are written, and parts that are not there are left out. */
export function samplingStrategyJson(strategy: SamplingStrategy): string {
  return jsonText(ordered(strategy, strategy.strategyType));
}

/** What `/` answers at the agent, for clients of the time of Thrift 0.9.2. */
export function legacySamplingStrategyJson(strategy: SamplingStrategy): string {
  return jsonText(ordered(strategy, LEGACY_TYPES[strategy.strategyType]));
}

/** In the order of the fields on the wire, as Jaeger writes them. */
function ordered(strategy: SamplingStrategy, strategyType: string | number): object {
  const { probabilisticSampling, rateLimitingSampling, operationSampling } = strategy;
  return {
    strategyType,
    probabilisticSampling,
    rateLimitingSampling,
    operationSampling: operationSampling && {
      defaultSamplingProbability: operationSampling.defaultSamplingProbability,
      defaultLowerBoundTracesPerSecond: operationSampling.defaultLowerBoundTracesPerSecond,
      perOperationStrategies: operationSampling.perOperationStrategies.map(
        ({ operation, probabilisticSampling }) => ({ operation, probabilisticSampling }),
      ),
      defaultUpperBoundTracesPerSecond: operationSampling.defaultUpperBoundTracesPerSecond,
    },
  };
}
