import type { Logger, Metrics } from '@spoor/platform';
import { type FileSamplingOptions, startFileProvider } from './file-provider.ts';
import type { SamplingProvider } from './sampling-provider.ts';

export interface SamplingOptions {
  readonly file: FileSamplingOptions;
}

/** The share that clients keep when nobody says otherwise: Jaeger's. */
export const DEFAULT_PROBABILITY = 0.001;

/** No file: every service is told the default. */
export const DEFAULT_SAMPLING: SamplingOptions = {
  file: {
    location: '',
    reloadIntervalMs: 0,
    defaultProbability: DEFAULT_PROBABILITY,
    withDefaultOperations: false,
  },
};

export function startSampling(
  { file }: SamplingOptions,
  parts: { readonly logger: Logger; readonly metrics: Metrics },
): Promise<SamplingProvider> {
  return startFileProvider({ ...file, ...parts });
}
