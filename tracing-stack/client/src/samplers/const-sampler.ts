import type { Sampler, SamplingDecision } from './sampler.ts';
import { samplerTags } from './sampler-tags.ts';

/** Keeps every trace, or none. */
export function constSampler(sampled: boolean): Sampler {
  // sampler.param is a boolean here, as of jaeger-client-go, though the configuration says 0 or 1.
  const decision: SamplingDecision = { sampled, tags: samplerTags('const', sampled) };
  return { sample: () => decision, close: async () => {} };
}
