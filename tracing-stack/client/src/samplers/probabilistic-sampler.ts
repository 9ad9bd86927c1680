import type { TraceId } from '@spoor/model';
import type { Sampler } from './sampler.ts';
import { samplerTags } from './sampler-tags.ts';

const TWO_TO_63 = 2 ** 63;
const TWO_TO_32 = 2 ** 32;

/**
 * Keeps a trace if the low 63 bits of its id are not above `rate` (0 to 1) times 2^63, as jaeger-client-go decides: all
 * who know the id and the rate decide the same.
 */
export function probabilisticSampler(rate: number): Sampler {
  const boundary = Math.floor(TWO_TO_63 * rate);
  const boundaryHigh = Math.floor(boundary / TWO_TO_32);
  const boundaryLow = boundary % TWO_TO_32;
  const tags = samplerTags('probabilistic', rate);
  const kept = { sampled: true, tags };
  const dropped = { sampled: false, tags };
  const isBelow = (traceId: TraceId): boolean => {
    const high = Number.parseInt(traceId.slice(-16, -8), 16) & 0x7fff_ffff;
    if (high !== boundaryHigh) return high < boundaryHigh;
    return Number.parseInt(traceId.slice(-8), 16) <= boundaryLow;
  };
  return { sample: (traceId) => (isBelow(traceId) ? kept : dropped), close: async () => {} };
}

/** A rate of traces, or `undefined` for what is none. */
export function rateOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}
