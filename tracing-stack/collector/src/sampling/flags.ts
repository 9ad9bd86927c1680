import { durationFlag, type FlagValues, numberFlag, switchFlag, textFlag } from '@spoor/platform';
import { DEFAULT_PROBABILITY, type SamplingOptions } from './start-sampling.ts';

/** The flags of what the collector tells clients of how to sample. */
export const samplingFlags = {
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
    { max: 1 },
  ),
};

/** What the flags ask of sampling. */
export function samplingOptions(flags: FlagValues<typeof samplingFlags>): SamplingOptions {
  return {
    file: {
      location: flags['sampling.strategies-file'],
      reloadIntervalMs: flags['sampling.strategies-reload-interval'] / 1000,
      withDefaultOperations: flags['sampling.strategies.bugfix-5270'],
      defaultProbability: flags['sampling.default-sampling-probability'],
    },
  };
}
