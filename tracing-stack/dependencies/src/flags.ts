import { durationFlag } from '@spoor/platform';

export const dependenciesFlags = {
  'dependencies.lookback': durationFlag(
    '24h0m0s',
    'How far back the first run counts; no hour that is older is counted again',
  ),
  'dependencies.lateness': durationFlag(
    '1h0m0s',
    'How much of what was counted is counted again, for spans that came late',
  ),
};
