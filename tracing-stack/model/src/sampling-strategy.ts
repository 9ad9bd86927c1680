/**
 * What a service is told of how to sample: `SamplingStrategyResponse` of sampling.proto and sampling.thrift, with the
 * names of both. Where several parts are there, clients obey `operationSampling` first; the others are for older ones.
 */
export interface SamplingStrategy {
  readonly strategyType: 'PROBABILISTIC' | 'RATE_LIMITING';
  readonly probabilisticSampling?: ProbabilisticSampling;
  readonly rateLimitingSampling?: {
    /** A whole number. */
    readonly maxTracesPerSecond: number;
  };
  readonly operationSampling?: OperationSampling;
}

export interface ProbabilisticSampling {
  /** Share of the traces, from 0 to 1. */
  readonly samplingRate: number;
}

export interface OperationSampling {
  /** The share of operations that have no strategy of their own. */
  readonly defaultSamplingProbability: number;
  /** Traces a second of each operation that are kept at least. */
  readonly defaultLowerBoundTracesPerSecond: number;
  readonly perOperationStrategies: readonly OperationStrategy[];
  /** No client obeys it. */
  readonly defaultUpperBoundTracesPerSecond: number;
}

export interface OperationStrategy {
  readonly operation: string;
  readonly probabilisticSampling: ProbabilisticSampling;
}
