import { keyValuesOf } from '../tag-values.ts';
import type { Sampler, SamplingDecision } from './sampler.ts';

/** Keeps every trace, or none. */
export function constSampler(sampled: boolean): Sampler {
  // sampler.param is a boolean here, as of jaeger-client-go, though the configuration says 0 or 1.
  const tags = keyValuesOf({ 'sampler.type': 'const', 'sampler.param': sampled });
  const decision: SamplingDecision = { sampled, tags };
  return { sample: () => decision, close: async () => {} };
}
