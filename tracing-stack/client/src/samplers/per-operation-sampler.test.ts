import { expect, test } from 'vitest';
import { handClock } from '../testkit/hand-clock.ts';
import { PerOperationSampler } from './per-operation-sampler.ts';
import type { OperationStrategies } from './sampling-strategy.ts';

const LAST = '7fffffffffffffff';
const FIRST = '0000000000000001';

const strategies = (rates: Record<string, number>, lowerBound = 0.5): OperationStrategies => ({
  defaultRate: 0.1,
  lowerBound,
  rates: new Map(Object.entries(rates)),
});

const typeOf = (sampler: PerOperationSampler, id: string, operation: string) => {
  const { sampled, tags } = sampler.sample(id, operation);
  return sampled ? tags.map((tag) => tag.value) : undefined;
};

test('an operation is kept by its own rate, and at least as often as the lower bound', () => {
  const clock = handClock();
  const sampler = new PerOperationSampler({ strategies: strategies({ a: 0.5 }), clock });
  expect(typeOf(sampler, FIRST, 'a')).toEqual(['probabilistic', 0.5]);
  // The first, kept by its rate, has used the credit.
  expect(typeOf(sampler, LAST, 'a')).toBeUndefined();
  clock.pass(2_000_000);
  expect(typeOf(sampler, LAST, 'a')).toEqual(['lowerbound', 0.5]);
  expect(typeOf(sampler, LAST, 'a')).toBeUndefined();
});

test('an operation without a rate has the default one, and a lower bound of its own', () => {
  const sampler = new PerOperationSampler({ strategies: strategies({}), clock: handClock() });
  expect(typeOf(sampler, LAST, 'b')).toEqual(['lowerbound', 0.1]);
  expect(typeOf(sampler, LAST, 'c')).toEqual(['lowerbound', 0.1]);
  expect(typeOf(sampler, FIRST, 'b')).toEqual(['probabilistic', 0.1]);
});

test('beyond the bound of operations, only the default rate counts', () => {
  const clock = handClock();
  const given = { strategies: strategies({ a: 1 }), maxOperations: 2, clock };
  const sampler = new PerOperationSampler(given);
  expect(typeOf(sampler, LAST, 'b')).toEqual(['lowerbound', 0.1]);
  expect(typeOf(sampler, LAST, 'c')).toBeUndefined();
  expect(typeOf(sampler, FIRST, 'c')).toEqual(['probabilistic', 0.1]);
});

test('new strategies change rates, and give no new credits to operations that stay', () => {
  const sampler = new PerOperationSampler({
    strategies: strategies({ a: 0, gone: 0 }),
    clock: handClock(),
  });
  expect(typeOf(sampler, LAST, 'a')).toEqual(['lowerbound', 0]);
  expect(typeOf(sampler, LAST, 'gone')).toEqual(['lowerbound', 0]);
  sampler.setStrategies(strategies({ a: 0.25 }));
  expect(typeOf(sampler, LAST, 'a')).toBeUndefined();
  expect(typeOf(sampler, FIRST, 'a')).toEqual(['probabilistic', 0.25]);
  expect(typeOf(sampler, LAST, 'gone')).toEqual(['lowerbound', 0.1]);
});
