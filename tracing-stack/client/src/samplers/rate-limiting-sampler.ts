import { type Clock, systemClock } from '../clock.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { Sampler, SamplingDecision } from './sampler.ts';
import { samplerTags } from './sampler-tags.ts';

/** Keeps so many traces (not spans) a second at most; of a burst, the first. */
export class RateLimitingSampler implements Sampler {
  private readonly limiter: RateLimiter;
  private kept: SamplingDecision;
  private dropped: SamplingDecision;
  private perSecond: number;

  constructor(perSecond: number, clock: Clock = systemClock) {
    this.limiter = new RateLimiter(perSecond, clock);
    this.perSecond = perSecond;
    const tags = samplerTags('ratelimiting', perSecond);
    this.kept = { sampled: true, tags };
    this.dropped = { sampled: false, tags };
  }

  sample(): SamplingDecision {
    return this.limiter.take() ? this.kept : this.dropped;
  }

  /** Goes on at another rate without a burst. */
  setRate(perSecond: number): void {
    if (perSecond === this.perSecond) return;
    this.limiter.setRate(perSecond);
    this.perSecond = perSecond;
    const tags = samplerTags('ratelimiting', perSecond);
    this.kept = { sampled: true, tags };
    this.dropped = { sampled: false, tags };
  }

  async close(): Promise<void> {}
}
