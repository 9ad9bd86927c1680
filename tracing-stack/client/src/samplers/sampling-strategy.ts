import { rateOf } from './probabilistic-sampler.ts';

/** What a sampling server says about a service: jaeger's `sampling.thrift` in JSON. */
export type SamplingStrategy =
  | { readonly kind: 'probabilistic'; readonly rate: number }
  | { readonly kind: 'rateLimiting'; readonly perSecond: number }
  | { readonly kind: 'perOperation'; readonly strategies: OperationStrategies };

export interface OperationStrategies {
  /** For operations without a rate of their own. */
  readonly defaultRate: number;
  /** Traces a second of each operation that are kept at least. */
  readonly lowerBound: number;
  readonly rates: ReadonlyMap<string, number>;
}

/** Why what a server answered is no strategy. */
export class StrategyError extends Error {
  readonly code = 'malformed-strategy';

  constructor(message: string, options?: ErrorOptions) {
    super(`[client] ${message}`, options);
    this.name = 'StrategyError';
  }
}

/** Strategies per operation count before the others, as in jaeger-client-go. Throws `StrategyError`. */
export function parseSamplingStrategy(json: string): SamplingStrategy {
  const answer = objectOf(parsed(json), 'the answer');
  if (answer['operationSampling']) {
    return { kind: 'perOperation', strategies: operationStrategies(answer['operationSampling']) };
  }
  if (answer['probabilisticSampling']) {
    return { kind: 'probabilistic', rate: samplingRate(answer['probabilisticSampling']) };
  }
  if (answer['rateLimitingSampling']) {
    const given = objectOf(answer['rateLimitingSampling'], 'rateLimitingSampling');
    return { kind: 'rateLimiting', perSecond: perSecondOf(given, 'maxTracesPerSecond') };
  }
  throw new StrategyError('the answer has no strategy that is known');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new StrategyError(`the answer is no JSON: ${(cause as SyntaxError).message}`, { cause });
  }
}

function operationStrategies(value: unknown): OperationStrategies {
  const given = objectOf(value, 'operationSampling');
  const list = given['perOperationStrategies'] ?? [];
  if (!Array.isArray(list)) throw new StrategyError('perOperationStrategies is no list');
  return {
    defaultRate: rate(given, 'defaultSamplingProbability'),
    lowerBound: perSecondOf(given, 'defaultLowerBoundTracesPerSecond'),
    rates: new Map(
      list.map((each: unknown) => {
        const { operation, probabilisticSampling } = objectOf(each, 'a strategy');
        return [String(operation), samplingRate(probabilisticSampling)];
      }),
    ),
  };
}

function samplingRate(value: unknown): number {
  return rate(objectOf(value, 'probabilisticSampling'), 'samplingRate');
}

/** A number that is absent is 0: some servers leave zeros out. */
function rate(from: Record<string, unknown>, name: string): number {
  const value = rateOf(from[name] ?? 0);
  if (value !== undefined) return value;
  throw new StrategyError(`${name} must be from 0 to 1, not ${String(from[name])}`);
}

function perSecondOf(from: Record<string, unknown>, name: string): number {
  const value = from[name] ?? 0;
  if (typeof value === 'number' && value >= 0) return value;
  throw new StrategyError(`${name} must be a number from 0 on, not ${String(value)}`);
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new StrategyError(`${what} is no object`);
}
