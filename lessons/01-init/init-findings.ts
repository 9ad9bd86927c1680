import type { Finding } from '../lib/judge/verdict.ts';
import { RATE_LIMIT, type RoadResult, type SamplerResult, TRACES } from './driver-result.ts';

const FILE = 'tracing.ts';

/** What `initJaeger` did with a reporter that was told of a collector. */
export function collectorFindings({
  posts,
  datagrams,
  isFormerTracer,
  error,
}: RoadResult): Finding[] {
  if (error !== undefined) return [{ rule: 'W-CRASH', params: { file: FILE, error } }];
  if (posts > 0) return [];
  const variant = isFormerTracer ? 'FORMER' : datagrams > 0 ? 'AGENT' : undefined;
  return [{ rule: 'L1-COLLECTOR', params: { file: FILE }, ...(variant && { variant }) }];
}

/** A sampler of initJaeger's own that keeps a share: whether the lesson's few spans are among it is chance. */
export function shareFindings({ kept, error }: SamplerResult): Finding[] {
  if (error !== undefined || kept === 0 || kept === TRACES) return [];
  // In steps of 5 %: by chance it is a little more or less each time.
  const actual = `${Math.max(1, Math.round((20 * kept) / TRACES) * 5)} %`;
  const params = { file: FILE, actual, count: TRACES, finished: TRACES };
  return [{ rule: 'S-NOTSAMPLED', variant: 'SHARE', params }];
}

/** Four standard deviations of the share 0.1, either side. */
const PROBABILISTIC = [146, 254] as const;

/** What the samplers kept that `initJaeger` was told of: the first that is wrong. */
export function samplerFindings(samplers: readonly SamplerResult[]): Finding[] {
  for (const { key, kept, seconds, error } of samplers) {
    if (error !== undefined)
      return [{ rule: 'W-CRASH', params: { file: FILE, error: `${error} (${key})` } }];
    const [least, most] = bandOf(key, seconds);
    if (kept >= least && kept <= most) continue;
    const expected = least === most ? `${least}` : `${least}–${most}`;
    return [
      { rule: 'L1-SAMPLER', params: { file: FILE, key, expected, actual: kept, count: TRACES } },
    ];
  }
  return [];
}

function bandOf(key: string, seconds: number): readonly [number, number] {
  if (key === 'probabilistic 0.1') return PROBABILISTIC;
  // What was saved for a second may be spent besides; how much is saved at first is each client's own affair.
  if (key.startsWith('rateLimiting')) return [1, Math.ceil(RATE_LIMIT * (seconds + 1)) + 1];
  const all = key === 'const 1' || key === 'remote, told 1.0';
  return all ? [TRACES, TRACES] : [0, 0];
}
