import { goDuration } from '@spoor/model';
import {
  choiceFlag,
  durationFlag,
  type FlagValues,
  integerFlag,
  numberFlag,
  switchFlag,
  textFlag,
} from '@spoor/platform';
import {
  ADAPTIVE_DEFAULTS as ADAPTIVE,
  type AdaptiveOptions,
} from './adaptive/adaptive-options.ts';
import { DEFAULT_PROBABILITY, SAMPLING_TYPES, type SamplingOptions } from './start-sampling.ts';

const SHARE = { max: 1 };

const fileFlags = {
  'sampling.strategies-file': textFlag(
    '',
    'File of sampling strategies in JSON, or its URL; without it every service is told the default',
  ),
  'sampling.strategies-reload-interval': durationFlag(
    '0s',
    'How often the file of strategies is looked at again; 0s for never',
  ),
  'sampling.strategies.bugfix-5270': switchFlag(
    'Whether services with a rate limit, too, get the operations of the default strategy',
  ),
  'sampling.default-sampling-probability': numberFlag(
    DEFAULT_PROBABILITY,
    'Share of the traces of services and operations of which the file says nothing',
    SHARE,
  ),
};

const adaptiveFlags = {
  'sampling.target-samples-per-second': numberFlag(
    ADAPTIVE.targetSamplesPerSecond,
    'Adaptive: traces a second to keep of each operation',
    { min: 1e-6 },
  ),
  'sampling.delta-tolerance': numberFlag(
    ADAPTIVE.deltaTolerance,
    'Adaptive: by which part of the target an operation may be off before its share changes',
  ),
  'sampling.buckets-for-calculation': integerFlag(
    ADAPTIVE.bucketsForCalculation,
    'Adaptive: newest intervals from which a rate is taken',
    1,
  ),
  'sampling.calculation-interval': intervalFlag(
    ADAPTIVE.calculationIntervalMs,
    'Adaptive: how often shares are calculated',
  ),
  'sampling.aggregation-buckets': integerFlag(
    ADAPTIVE.aggregationBuckets,
    'Adaptive: intervals after which an operation that was not seen is forgotten',
    1,
  ),
  'sampling.delay': durationFlag(
    goDuration(ADAPTIVE.delayMs * 1000),
    'Adaptive: how old what is looked at is at least',
  ),
  'sampling.initial-sampling-probability': numberFlag(
    ADAPTIVE.initialSamplingProbability,
    'Adaptive: share of operations that are new',
    SHARE,
  ),
  'sampling.min-sampling-probability': numberFlag(
    ADAPTIVE.minSamplingProbability,
    'Adaptive: least share of any operation',
    { min: 1e-9, max: 1 },
  ),
  'sampling.min-samples-per-second': numberFlag(
    ADAPTIVE.minSamplesPerSecond,
    'Adaptive: traces a second that each client keeps of each operation at least',
  ),
  'sampling.leader-lease-refresh-interval': intervalFlag(
    ADAPTIVE.leaderLeaseRefreshMs,
    'Adaptive: how often the collector that calculates renews its lease',
  ),
  'sampling.follower-lease-refresh-interval': intervalFlag(
    ADAPTIVE.followerLeaseRefreshMs,
    'Adaptive: how often the others try to get it, and how long it lasts',
  ),
};

/** The flags of what the collector tells clients of how to sample. */
export const samplingFlags = {
  'sampling.config-type': choiceFlag(SAMPLING_TYPES, 'file', 'Who says how services sample'),
  ...fileFlags,
  ...adaptiveFlags,
};

type SamplingFlagValues = FlagValues<typeof samplingFlags>;

/** What the flags ask of sampling. */
export function samplingOptions(flags: SamplingFlagValues): SamplingOptions {
  return {
    type: flags['sampling.config-type'],
    file: {
      location: flags['sampling.strategies-file'],
      reloadIntervalMs: flags['sampling.strategies-reload-interval'] / 1000,
      withDefaultOperations: flags['sampling.strategies.bugfix-5270'],
      defaultProbability: flags['sampling.default-sampling-probability'],
    },
    adaptive: adaptiveOptions(flags),
  };
}

function adaptiveOptions(flags: SamplingFlagValues): AdaptiveOptions {
  return {
    targetSamplesPerSecond: flags['sampling.target-samples-per-second'],
    deltaTolerance: flags['sampling.delta-tolerance'],
    bucketsForCalculation: flags['sampling.buckets-for-calculation'],
    calculationIntervalMs: flags['sampling.calculation-interval'] / 1000,
    aggregationBuckets: flags['sampling.aggregation-buckets'],
    delayMs: flags['sampling.delay'] / 1000,
    initialSamplingProbability: flags['sampling.initial-sampling-probability'],
    minSamplingProbability: flags['sampling.min-sampling-probability'],
    minSamplesPerSecond: flags['sampling.min-samples-per-second'],
    leaderLeaseRefreshMs: flags['sampling.leader-lease-refresh-interval'] / 1000,
    followerLeaseRefreshMs: flags['sampling.follower-lease-refresh-interval'] / 1000,
  };
}

/** A duration that a clock can go by: not 0. */
function intervalFlag(milliseconds: number, help: string) {
  const flag = durationFlag(goDuration(milliseconds * 1000), help);
  return {
    ...flag,
    parse(text: string) {
      const duration = flag.parse(text);
      if (duration < 1000) throw new RangeError(`expected 1ms or more, got "${text}"`);
      return duration;
    },
  };
}
