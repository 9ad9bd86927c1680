/** What adaptive sampling aims at, and how often it looks. Names and defaults are Jaeger's. */
export interface AdaptiveOptions {
  /** Traces a second of each operation that are to be kept, over all services together that call it theirs. */
  readonly targetSamplesPerSecond: number;
  /** By which part of the target an operation may be off before its share changes. */
  readonly deltaTolerance: number;
  /** How many of the newest intervals a rate is taken from; newer ones count for more. */
  readonly bucketsForCalculation: number;
  readonly calculationIntervalMs: number;
  /** Intervals after which an operation that was not seen is forgotten. */
  readonly aggregationBuckets: number;
  /** How old what is looked at is at least, so that all collectors have told theirs. */
  readonly delayMs: number;
  /** The share of operations that are new. */
  readonly initialSamplingProbability: number;
  readonly minSamplingProbability: number;
  /** What each client keeps of each operation at least, whatever its share. */
  readonly minSamplesPerSecond: number;
  /** How often the leader renews its lease. */
  readonly leaderLeaseRefreshMs: number;
  /** How often others try to become the leader; a lease lasts so long. */
  readonly followerLeaseRefreshMs: number;
}

export const ADAPTIVE_DEFAULTS: AdaptiveOptions = {
  targetSamplesPerSecond: 1,
  deltaTolerance: 0.3,
  bucketsForCalculation: 1,
  calculationIntervalMs: 60_000,
  aggregationBuckets: 10,
  delayMs: 120_000,
  initialSamplingProbability: 0.001,
  minSamplingProbability: 1e-5,
  minSamplesPerSecond: 1 / 60,
  leaderLeaseRefreshMs: 5000,
  followerLeaseRefreshMs: 60_000,
};
