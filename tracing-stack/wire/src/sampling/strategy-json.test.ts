import type { SamplingStrategy } from '@spoor/model';
import { expect, test } from 'vitest';
import { legacySamplingStrategyJson, samplingStrategyJson } from './strategy-json.ts';

const perOperation: SamplingStrategy = {
  strategyType: 'PROBABILISTIC',
  operationSampling: {
    // Not the order of the wire.
    perOperationStrategies: [
      { probabilisticSampling: { samplingRate: 0 }, operation: 'GET /<id>&x' },
    ],
    defaultLowerBoundTracesPerSecond: 1 / 60,
    defaultUpperBoundTracesPerSecond: 0,
    defaultSamplingProbability: 1e-7,
  },
  probabilisticSampling: { samplingRate: 1e-5 },
};

const PER_OPERATION =
  '"probabilisticSampling":{"samplingRate":0.00001},"operationSampling":{"defaultSamplingProbability":1e-7,' +
  '"defaultLowerBoundTracesPerSecond":0.016666666666666666,"perOperationStrategies":[{"operation":' +
  '"GET /\\u003cid\\u003e\\u0026x","probabilisticSampling":{"samplingRate":0}}],' +
  '"defaultUpperBoundTracesPerSecond":0}}';

const rateLimiting: SamplingStrategy = {
  strategyType: 'RATE_LIMITING',
  rateLimitingSampling: { maxTracesPerSecond: 5 },
};

test('a strategy is written as Jaeger writes it: in the order of the wire, with zeros, escaped as by Go', () => {
  expect(samplingStrategyJson(perOperation)).toBe(
    `{"strategyType":"PROBABILISTIC",${PER_OPERATION}`,
  );
  expect(samplingStrategyJson(rateLimiting)).toBe(
    '{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":5}}',
  );
});

test('old clients are told the type as a number', () => {
  expect(legacySamplingStrategyJson(perOperation)).toBe(`{"strategyType":0,${PER_OPERATION}`);
  expect(legacySamplingStrategyJson(rateLimiting)).toBe(
    '{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":5}}',
  );
});
