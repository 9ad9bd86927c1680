import type { OperationSampling, OperationStrategy, SamplingStrategy } from '@spoor/model';
import type {
  OperationRule,
  ServiceRule,
  StrategiesFile,
  StrategyRule,
} from './strategies-file.ts';

export interface MergeOptions {
  /** Share of services and operations of which nothing usable is said. */
  readonly defaultProbability: number;
  /**
   * Whether services with a rate limit, too, get the operations of the default strategy: Jaeger's answer to its issue
   * 5270, which it leaves off unless asked.
   */
  readonly withDefaultOperations: boolean;
  /** Told what of the file is not obeyed. */
  readonly warn: (message: string) => void;
}

/** What a file of strategies comes to. */
export interface MergedStrategies {
  readonly defaultStrategy: SamplingStrategy;
  readonly services: ReadonlyMap<string, SamplingStrategy>;
}

/** The answers of a file, as Jaeger 1.62 forms them: where a service says nothing of an operation, the default does. */
export function mergeStrategies(file: StrategiesFile, options: MergeOptions): MergedStrategies {
  const { defaultRule } = file;
  const defaultStrategy = defaultRule
    ? strategyOf(defaultRule, options)
    : probabilistic(options.defaultProbability);
  const services = file.services.map((rule): [string, SamplingStrategy] => [
    rule.service,
    withDefaults(strategyOf(rule, options), defaultStrategy.operationSampling, options),
  ]);
  return { defaultStrategy, services: new Map(services) };
}

/** A service's own strategy, with what the default says of operations that it does not name. */
function withDefaults(
  strategy: SamplingStrategy,
  defaults: OperationSampling | undefined,
  { withDefaultOperations }: MergeOptions,
): SamplingStrategy {
  if (defaults === undefined) return strategy;
  const { operationSampling: own, probabilisticSampling } = strategy;
  if (own) {
    const named = new Set(own.perOperationStrategies.map(({ operation }) => operation));
    const others = defaults.perOperationStrategies.filter(({ operation }) => !named.has(operation));
    const perOperationStrategies = [...own.perOperationStrategies, ...others];
    return { ...strategy, operationSampling: { ...own, perOperationStrategies } };
  }
  if (!probabilisticSampling) {
    return withDefaultOperations ? { ...strategy, operationSampling: defaults } : strategy;
  }
  const { samplingRate } = probabilisticSampling;
  const operationSampling = { ...defaults, defaultSamplingProbability: samplingRate };
  return { ...strategy, operationSampling };
}

/** What a rule says by itself. */
function strategyOf(rule: ServiceRule, options: MergeOptions): SamplingStrategy {
  const where = rule.service === '' ? 'the default' : `service ${rule.service}`;
  const strategy = simpleStrategy(rule, where, options);
  if (rule.operations.length === 0) return strategy;
  const rate = strategy.probabilisticSampling?.samplingRate ?? options.defaultProbability;
  return {
    ...strategy,
    operationSampling: {
      defaultSamplingProbability: rate,
      defaultLowerBoundTracesPerSecond: 0,
      perOperationStrategies: rule.operations.flatMap((operation) =>
        operationStrategy(operation, where, options),
      ),
      defaultUpperBoundTracesPerSecond: 0,
    },
  };
}

/** None for a rate limit: the wire has only shares for operations. */
function operationStrategy(
  rule: OperationRule,
  where: string,
  options: MergeOptions,
): OperationStrategy[] {
  const { operation } = rule;
  const place = `operation ${operation} of ${where}`;
  const { probabilisticSampling } = simpleStrategy(rule, place, options);
  if (probabilisticSampling) return [{ operation, probabilisticSampling }];
  options.warn(`${place}: operations cannot have a rate limit, it is left out`);
  return [];
}

function simpleStrategy(
  { type, param }: StrategyRule,
  where: string,
  { defaultProbability, warn }: MergeOptions,
): SamplingStrategy {
  if (type === 'probabilistic' && param >= 0 && param <= 1) return probabilistic(param);
  // Traces a second are an int32 on the wire.
  if (type === 'ratelimiting' && param >= 0 && param < 2 ** 31) {
    const maxTracesPerSecond = Math.trunc(param);
    return { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond } };
  }
  warn(`${where}: no strategy "${type}" of ${param}, ${defaultProbability} of its traces are kept`);
  return probabilistic(defaultProbability);
}

export function probabilistic(samplingRate: number): SamplingStrategy {
  return { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate } };
}
