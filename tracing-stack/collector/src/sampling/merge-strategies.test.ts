import { describe, expect, test } from 'vitest';
import { type MergeOptions, mergeStrategies } from './merge-strategies.ts';
import { parseStrategiesFile } from './strategies-file.ts';

const share = (param: number) => ({ type: 'probabilistic', param });
const limit = (param: number) => ({ type: 'ratelimiting', param });
const operation = (name: string, rule: object) => ({ operation: name, ...rule });

/** What service `s` is told, in short: a share, a limit, and the operations by their shares. */
function told(file: object, options: Partial<MergeOptions> = {}, service = 's') {
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const given = { defaultProbability: 0.001, withDefaultOperations: false, warn, ...options };
  const merged = mergeStrategies(parseStrategiesFile(JSON.stringify(file)), given);
  const strategy = merged.services.get(service) ?? merged.defaultStrategy;
  const { probabilisticSampling, rateLimitingSampling, operationSampling } = strategy;
  const operations = operationSampling?.perOperationStrategies.map((each) => [
    each.operation,
    each.probabilisticSampling.samplingRate,
  ]);
  return {
    ...(probabilisticSampling && { share: probabilisticSampling.samplingRate }),
    ...(rateLimitingSampling && { limit: rateLimitingSampling.maxTracesPerSecond }),
    ...(operationSampling && { others: operationSampling.defaultSamplingProbability }),
    ...(operations && { operations: Object.fromEntries(operations) }),
    ...(warnings.length > 0 && { warnings: warnings.length }),
  };
}

const WITH_OPERATIONS = {
  ...share(0.5),
  operation_strategies: [operation('/health', share(0)), operation('/pay', share(1))],
};

// Each answer is a real collector's of release 1.62 to the same file.
describe('a service is told', () => {
  test.each([
    ['one trace in a thousand, if the file says nothing', {}, { share: 0.001 }],
    ['the default, if it is not named', { default_strategy: share(0.2) }, { share: 0.2 }],
    [
      'its own strategy, if the default has no operations',
      { default_strategy: share(0.2), service_strategies: [{ service: 's', ...limit(7.9) }] },
      { limit: 7 },
    ],
    [
      'its own share, and the operations of the default with that share for all others',
      { default_strategy: WITH_OPERATIONS, service_strategies: [{ service: 's', ...share(0.8) }] },
      { share: 0.8, others: 0.8, operations: { '/health': 0, '/pay': 1 } },
    ],
    [
      'its own limit, without the operations of the default',
      { default_strategy: WITH_OPERATIONS, service_strategies: [{ service: 's', ...limit(5) }] },
      { limit: 5 },
    ],
    [
      'its own operations, and those of the default that it does not name itself',
      {
        default_strategy: WITH_OPERATIONS,
        service_strategies: [
          {
            service: 's',
            ...share(0.8),
            operation_strategies: [operation('/pay', share(0.1)), operation('/mine', share(0.3))],
          },
        ],
      },
      { share: 0.8, others: 0.8, operations: { '/pay': 0.1, '/mine': 0.3, '/health': 0 } },
    ],
    [
      'a limit with operations of its own: one in a thousand of all others',
      {
        service_strategies: [
          { service: 's', ...limit(5), operation_strategies: [operation('/mine', share(0.3))] },
        ],
      },
      { limit: 5, others: 0.001, operations: { '/mine': 0.3 } },
    ],
    [
      'nothing of an operation with a limit, which is warned of',
      {
        service_strategies: [
          { service: 's', ...share(0.8), operation_strategies: [operation('/mine', limit(3))] },
        ],
      },
      { share: 0.8, others: 0.8, operations: {}, warnings: 1 },
    ],
    [
      'one in a thousand in place of a strategy that nobody knows, which is warned of',
      {
        default_strategy: { type: 'adaptive', param: 3 },
        service_strategies: [
          {
            service: 's',
            type: '',
            operation_strategies: [operation('/mine', { type: 'const', param: 1 })],
          },
        ],
      },
      { share: 0.001, others: 0.001, operations: { '/mine': 0.001 }, warnings: 3 },
    ],
    [
      'by the last of two rules for it',
      {
        service_strategies: [
          { service: 's', ...share(0.1) },
          { service: 's', ...share(0.2) },
        ],
      },
      { share: 0.2 },
    ],
  ])('%s', (_, file, expected) => {
    expect(told(file)).toEqual(expected);
  });

  test('the operations of the default beside its own limit, if that is asked for', () => {
    const file = {
      default_strategy: WITH_OPERATIONS,
      service_strategies: [{ service: 's', ...limit(5) }],
    };
    expect(told(file, { withDefaultOperations: true })).toEqual({
      limit: 5,
      others: 0.5,
      operations: { '/health': 0, '/pay': 1 },
    });
  });

  test('another default share, if that is asked for', () => {
    const file = { service_strategies: [{ service: 's', type: 'unheard-of' }] };
    expect(told(file, { defaultProbability: 0.3 })).toEqual({ share: 0.3, warnings: 1 });
    expect(told(file, { defaultProbability: 0.3 }, 'other')).toMatchObject({ share: 0.3 });
  });

  test.each([
    ['a share above 1', share(1.5)],
    ['a share below 0', share(-0.1)],
    ['a limit below 0', limit(-1)],
    ['a limit that is no int32', limit(2 ** 31)],
  ])('the default in place of %s, which no client could obey', (_, rule) => {
    expect(told({ default_strategy: rule })).toEqual({ share: 0.001, warnings: 1 });
  });
});
