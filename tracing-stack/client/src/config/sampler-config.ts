import type { Clock } from '../clock.ts';
import type { Counters } from '../counters.ts';
import type { Logger } from '../logger.ts';
import { constSampler } from '../samplers/const-sampler.ts';
import { probabilisticSampler } from '../samplers/probabilistic-sampler.ts';
import { RateLimitingSampler } from '../samplers/rate-limiting-sampler.ts';
import { type FetchText, RemoteSampler } from '../samplers/remote-sampler.ts';
import type { Sampler } from '../samplers/sampler.ts';
import { ConfigurationError } from './configuration-error.ts';
import { endpointOf, LOOPBACK, urlOf } from './host-port.ts';
import { countOf, invalid, millisecondsOf, numberOf, portOf, textOf } from './setting-values.ts';
import type { Setting, Settings } from './settings.ts';

export interface SamplerParts {
  readonly serviceName: string;
  readonly counters: Counters;
  readonly logger: Logger;
  readonly clock?: Clock | undefined;
  readonly fetch?: FetchText | undefined;
}

/** Where jaeger-agent tells how to sample. */
export const SAMPLING_PORT = 5778;
const SAMPLING_PATH = '/sampling';
/** The share of a remote sampler until it is told better, as in Jaeger's clients. */
const FIRST_SHARE = 0.001;

/** The sampler that the settings describe; a remote one has begun to ask. */
export function samplerOf(settings: Settings, parts: SamplerParts): Sampler {
  const type = settings.get('type');
  const param = settings.get('param');
  switch (String(type?.value ?? 'remote').toLowerCase()) {
    case 'const':
      return constSampler(constParam(param));
    case 'probabilistic':
      return probabilisticSampler(shareOf('probabilistic', param));
    case 'ratelimiting':
      return new RateLimitingSampler(perSecondOf(param), parts.clock);
    case 'remote':
      return remoteSamplerOf(settings, parts);
    default:
      throw new ConfigurationError('unknown', `unknown sampler type '${type?.value}'`);
  }
}

function remoteSamplerOf(settings: Settings, parts: SamplerParts): Sampler {
  const param = settings.get('param');
  const sampler = new RemoteSampler({
    ...parts,
    url: samplingUrl(settings).href,
    initial: probabilisticSampler(param ? shareOf('remote', param) : FIRST_SHARE),
    refreshInterval: millisecondsOf(settings.get('refreshInterval')),
    maxOperations: countOf(settings.get('maxOperations')),
  });
  sampler.start();
  return sampler;
}

/** A URL, else a host and port, else in parts, else beside the agent. */
function samplingUrl(settings: Settings): URL {
  const path = textOf(settings.get('path')) ?? SAMPLING_PATH;
  const whole = settings.get('url') ?? settings.get('hostPort');
  if (whole) return endpointOf(whole, path);
  const host = textOf(settings.get('host') ?? settings.get('agentHost')) ?? LOOPBACK;
  return urlOf({ host, port: portOf(settings.get('port')) ?? SAMPLING_PORT }, path);
}

function constParam(param: Setting | undefined): boolean {
  const number = Number(param?.value ?? Number.NaN);
  if (number === 0 || number === 1) return number === 1;
  throw invalid(orNone(param), 'of const must be 0 or 1');
}

function shareOf(type: string, param: Setting | undefined): number {
  const share = numberOf(param);
  if (share !== undefined && share >= 0 && share <= 1) return share;
  throw invalid(orNone(param), `of ${type} must be from 0 to 1`);
}

function perSecondOf(param: Setting | undefined): number {
  const perSecond = numberOf(param);
  if (perSecond !== undefined && perSecond >= 0) return perSecond;
  throw invalid(orNone(param), 'of rateLimiting must be traces a second');
}

function orNone(setting: Setting | undefined): Setting {
  return setting ?? { name: 'sampler.param', value: undefined, isFromCode: true };
}
