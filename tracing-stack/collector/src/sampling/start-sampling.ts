import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Logger, type Metrics, UserError } from '@spoor/platform';
import type { SpanStore } from '@spoor/storage-api';
import type { EncodedBatch } from '@spoor/wire';
import { ADAPTIVE_DEFAULTS, type AdaptiveOptions } from './adaptive/adaptive-options.ts';
import { startAdaptiveSampling } from './adaptive/start-adaptive-sampling.ts';
import { type FileSamplingOptions, startFileProvider } from './file-provider.ts';
import type { SamplingProvider } from './sampling-provider.ts';

export const SAMPLING_TYPES = ['file', 'adaptive'] as const;

export interface SamplingOptions {
  /** Who says how services sample: a file, or the collectors by what they see. */
  readonly type: (typeof SAMPLING_TYPES)[number];
  readonly file: FileSamplingOptions;
  readonly adaptive: AdaptiveOptions;
}

/** The share that clients keep when nobody says otherwise: Jaeger's. */
export const DEFAULT_PROBABILITY = 0.001;

/** No file: every service is told the default. */
export const DEFAULT_SAMPLING: SamplingOptions = {
  type: 'file',
  file: {
    location: '',
    reloadIntervalMs: 0,
    defaultProbability: DEFAULT_PROBABILITY,
    withDefaultOperations: false,
  },
  adaptive: ADAPTIVE_DEFAULTS,
};

/** A provider that may want to know what is stored. */
export type Sampling = SamplingProvider & { count?(batch: EncodedBatch): void };

export interface SamplingParts {
  readonly store: Pick<SpanStore, 'sampling'>;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Rejects with a `UserError` for a file that cannot be read, and for a store that cannot keep what is needed. */
export async function startSampling(
  { type, file, adaptive }: SamplingOptions,
  { store, ...parts }: SamplingParts,
): Promise<Sampling> {
  if (type === 'file') return startFileProvider({ ...file, ...parts });
  if (store.sampling === undefined) {
    const message = 'SAMPLING_CONFIG_TYPE=adaptive needs a store that keeps throughput';
    throw new UserError('bad-flag', `[collector] ${message}; this one cannot`);
  }
  const collector = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  return startAdaptiveSampling({ ...parts, options: adaptive, store: store.sampling, collector });
}
