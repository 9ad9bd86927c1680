import type { Micros } from '@spoor/model';
import { integerParameter } from './parameter.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The links between services to tell. */
export interface DependenciesQuery {
  readonly end: Micros;
  readonly lookback: Micros;
  /** Only the links from or to this service; empty for all. */
  readonly serviceName: string;
}

/**
 * Reads the parameters of `/api/dependencies`: `endTs` (milliseconds since 1970, now unless given), `lookback`
 * (milliseconds, a day unless given), `service`. Throws `ParameterError` for the first that is wrong. `now` in µs.
 */
export function dependenciesQuery(parameters: URLSearchParams, now: Micros): DependenciesQuery {
  const end = integerParameter(parameters, 'endTs');
  const lookback = integerParameter(parameters, 'lookback') ?? DAY_MS;
  return {
    end: end === undefined ? now : end * 1000,
    lookback: lookback * 1000,
    serviceName: parameters.get('service') ?? '',
  };
}
