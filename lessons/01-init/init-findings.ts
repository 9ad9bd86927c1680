import type { Finding } from '../lib/judge/verdict.ts';
import {
  type NoPair,
  RATE_LIMIT,
  type RoadResult,
  type SamplerResult,
  TRACES,
} from './driver-result.ts';

/** What our client says of a configuration that it does not understand. */
export const OF_CONFIG = /\[client\] (unknown setting|\S+ must be)/;
/** The same of a collector's URL in the place of the agent's address. */
export const URL_OF_AGENT = /localAgentHostPort must be .*https?:\/\//;
/** The same of a sampler: its type, and the param. */
export const OF_SAMPLER = /sampler\.param of (\w+) must be .*, not ([\d.]+)/;
const FILE = 'tracing.ts';
/** The samplers that are asked for, by a param that is none of any other. */
const BY_PARAM: Readonly<Record<string, string>> = {
  '0.1': 'probabilistic 0.1',
  [RATE_LIMIT]: `rateLimiting ${RATE_LIMIT}`,
};

/** `initJaeger` threw, or ended the program: at what it was given, or at something else. */
export function initError(error: string): Finding {
  const params = { file: FILE, error };
  const [, type = '', param = ''] = OF_SAMPLER.exec(error) ?? [];
  const key = BY_PARAM[param];
  if (key !== undefined && !key.startsWith(type))
    return { rule: 'L1-SAMPLER', variant: 'TYPE', params: { ...params, key, actual: type } };
  if (!OF_CONFIG.test(error)) return { rule: 'W-CRASH', params };
  return { rule: 'L1-COLLECTOR', variant: 'MISREAD', params };
}

const NO_PAIR = { promise: 'PROMISED', nothing: 'NOTHING', 'tracer alone': 'ALONE' } as const;

/** Why the program did not get a tracer and a closer out of what `initJaeger` gave it, as `error` shows. */
export function noPairFindings(noPair: NoPair | undefined, error: string | number = ''): Finding[] {
  if (noPair === undefined) return [];
  return [{ rule: 'W-CRASH', variant: NO_PAIR[noPair], params: { file: FILE, error } }];
}

/** What `initJaeger` did with a reporter that was told of a collector. */
export function collectorFindings({
  posts,
  datagrams,
  isFormerTracer,
  isTagged,
  error,
}: RoadResult): Finding[] {
  if (error !== undefined) return [initError(error)];
  if (posts > 0) return [];
  const toAgent = isTagged ? 'OVERRULED' : 'AGENT';
  const variant = isFormerTracer ? 'FORMER' : datagrams > 0 ? toAgent : undefined;
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
  for (const { key, kept, seconds, isFormerTracer, isAsking, error } of samplers) {
    if (error !== undefined) {
      const named = initError(error);
      const params = { file: FILE, error: `${error} (${key})` };
      return [named.rule === 'L1-SAMPLER' ? named : { rule: 'W-CRASH', params }];
    }
    const [least, most] = bandOf(key, seconds);
    if (kept >= least && kept <= most) continue;
    const expected = least === most ? `${least}` : `${least}–${most}`;
    const isUnasked = isAsking === false && !isFormerTracer;
    // What such a sampler keeps meanwhile is chance.
    if (isUnasked) {
      return [{ rule: 'L1-SAMPLER', variant: 'UNASKED', params: { file: FILE, key: 'remote' } }];
    }
    const params = { file: FILE, key, expected, actual: kept, count: TRACES };
    const variant = isFormerTracer ? 'FORMER' : isZeroLost(samplers) ? 'ZERO' : undefined;
    return [{ rule: 'L1-SAMPLER', ...(variant && { variant }), params }];
  }
  return [];
}

/** Each param is obeyed but 0, which is taken for 1: `||` takes it for one that was not given. */
function isZeroLost(samplers: readonly SamplerResult[]): boolean {
  const kept = new Map(samplers.map((each) => [each.key, each.kept]));
  const [least, most] = PROBABILISTIC;
  const share = kept.get('probabilistic 0.1') ?? 0;
  return kept.get('const 0') === TRACES && share >= least && share <= most;
}

function bandOf(key: string, seconds: number): readonly [number, number] {
  if (key === 'probabilistic 0.1') return PROBABILISTIC;
  // What was saved for a second may be spent besides; how much is saved at first is each client's own affair.
  if (key.startsWith('rateLimiting')) return [1, Math.ceil(RATE_LIMIT * (seconds + 1)) + 1];
  const all = key === 'const 1' || key === 'remote, told 1.0';
  return all ? [TRACES, TRACES] : [0, 0];
}
