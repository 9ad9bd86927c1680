import { type ConfigSource, noBaggageRestrictions } from '../config-source.ts';

/** Tells every service the same, of its own: to keep every trace. */
export function fixedConfig(): ConfigSource {
  return {
    protocol: 'in-process',
    samplingStrategy: async () => ({
      strategyType: 'PROBABILISTIC',
      probabilisticSampling: { samplingRate: 1 },
    }),
    baggageRestrictions: noBaggageRestrictions,
  };
}
