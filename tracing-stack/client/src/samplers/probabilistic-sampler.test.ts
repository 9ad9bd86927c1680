import { expect, test } from 'vitest';
import { createRandomId } from '../random-ids.ts';
import { probabilisticSampler } from './probabilistic-sampler.ts';

// Recorded from jaeger-client-go 2.30.0: ProbabilisticSampler.IsSampled of a trace id with these low bits.
test.each([
  [0, '0000000000000000', true],
  [0, '8000000000000000', true],
  [0, '0000000000000001', false],
  [0, 'ffffffffffffffff', false],
  [0.001, '0020c49ba5e353f7', true],
  [0.001, '0020c49ba5e353f8', true],
  [0.001, '0020c49ba5e353f9', false],
  [0.001, '8020c49ba5e353f8', true],
  [0.001, '8020c49ba5e353f9', false],
  [0.1, '0cccccccccccccff', true],
  [0.1, '0ccccccccccccd00', true],
  [0.1, '0ccccccccccccd01', false],
  [0.5, '3fffffffffffffff', true],
  [0.5, '4000000000000000', true],
  [0.5, '4000000000000001', false],
  [0.5, 'c000000000000001', false],
  [0.999, '7fdf3b645a1cac00', true],
  [0.999, '7fdf3b645a1cac01', false],
  [0.999, 'ffdf3b645a1cac00', true],
  [1, '0000000000000001', true],
  [1, '7fffffffffffffff', true],
  [1, 'ffffffffffffffff', true],
])("at %d, %s is decided as by Go's client: %s", (rate, low, sampled) => {
  const sampler = probabilisticSampler(rate);
  expect(sampler.sample(low, 'op').sampled).toBe(sampled);
  expect(sampler.sample(`ffffffffffffffff${low}`, 'op').sampled).toBe(sampled);
});

test('the tags tell the rate, as a double even if it is whole', () => {
  expect(probabilisticSampler(1).sample('01', 'op').tags).toEqual([
    { key: 'sampler.type', type: 'string', value: 'probabilistic' },
    { key: 'sampler.param', type: 'float64', value: 1 },
  ]);
});

test('of 2000 random traces a tenth is kept', () => {
  // A generator of our own, so that the count is the same each time.
  let state = 1;
  const randomId = createRandomId((pool) => {
    for (let i = 0; i < pool.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      pool[i] = state >>> 24;
    }
  });
  const sampler = probabilisticSampler(0.1);
  const kept = Array.from({ length: 2000 }, randomId).filter(
    (id) => sampler.sample(id, 'op').sampled,
  );
  expect(kept.length).toBeGreaterThan(146);
  expect(kept.length).toBeLessThan(254);
});
