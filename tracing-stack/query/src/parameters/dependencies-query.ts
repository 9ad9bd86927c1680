import type { Micros } from '@spoor/model';
import { integerParameter } from './parameter.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The links between services to tell: of traces with a span that starts between the two, both not included. */
export interface DependenciesQuery {
  readonly after: Micros;
  readonly before: Micros;
  /** Only the links from or to this service; empty for all. */
  readonly serviceName: string;
}

/**
 * Reads the parameters of `/api/dependencies`: `endTs` (milliseconds since 1970, now unless given), `lookback`
 * (milliseconds, a day unless given), `service`. Throws `ParameterError` for the first that is wrong. `now` in µs.
 */
export function dependenciesQuery(parameters: URLSearchParams, now: Micros): DependenciesQuery {
  const end = integerParameter(parameters, 'endTs');
  const before = end === undefined ? now : end * 1000;
  const lookback = integerParameter(parameters, 'lookback') ?? DAY_MS;
  return {
    after: before - lookback * 1000,
    before,
    serviceName: parameters.get('service') ?? '',
  };
}
