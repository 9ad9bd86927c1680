import type { KeyValue } from '@spoor/model';
import { binaryBatch, encodeBinaryBatch } from '@spoor/wire';
import { expect, test, vi } from 'vitest';
import { keptBy, rootSpans } from '../../testing/root-spans.ts';
import { ThroughputCounter } from './throughput-counter.ts';

const counter = (onOverflow = () => {}) => new ThroughputCounter(onOverflow);

test('a trace that a share kept stands for as many as that share keeps one of', () => {
  const counted = counter();
  counted.count(rootSpans('pay', 3, keptBy('probabilistic', 0.25)));
  counted.count(rootSpans('pay', 1, keptBy('probabilistic', 1)));
  counted.count(rootSpans('list', 1, keptBy('probabilistic', 0.5), 'other'));
  expect(counted.take()).toEqual([
    { service: 'shop', operation: 'pay', sampled: 4, estimated: 13 },
    { service: 'other', operation: 'list', sampled: 1, estimated: 2 },
  ]);
  expect(counted.take()).toEqual([]);
});

test('one that a lower bound kept makes its operation known, and counts as none', () => {
  const counted = counter();
  counted.count(rootSpans('pay', 2, keptBy('lowerbound', 0.001)));
  expect(counted.take()).toEqual([{ service: 'shop', operation: 'pay', sampled: 0, estimated: 0 }]);
});

const param = (tag: KeyValue): KeyValue[] => [
  { key: 'sampler.type', type: 'string', value: 'probabilistic' },
  tag,
];

test.each([
  ['as an integer', { key: 'sampler.param', type: 'int64', value: 1n }, 1],
  ['as a text', { key: 'sampler.param', type: 'string', value: '0.5' }, 2],
  ['above 1', { key: 'sampler.param', type: 'float64', value: 1.5 }, 0],
  ['of nothing', { key: 'sampler.param', type: 'float64', value: 0 }, 0],
  ['that is no number', { key: 'sampler.param', type: 'string', value: 'x' }, 0],
  ['that is none', { key: 'other', type: 'bool', value: true }, 0],
] satisfies [string, KeyValue, number][])('a share %s', (_, tag, estimated) => {
  const counted = counter();
  counted.count(rootSpans('pay', 1, param(tag)));
  expect(counted.take()[0]?.estimated).toBe(estimated);
});

test.each([
  ['kept by other samplers', rootSpans('pay', 1, keptBy('const', 1))],
  ['without samplers', rootSpans('pay', 1, [])],
  ['without names', rootSpans('', 1, keptBy('probabilistic', 1))],
  [
    'of calls within a trace',
    (() => {
      const [span] = rootSpans('pay', 1, keptBy('probabilistic', 1)).spans();
      if (span === undefined) throw new Error('no span');
      const { traceId } = span;
      const parent = { refType: 'CHILD_OF', traceId, spanId: '00000000000000ff' } as const;
      const child = { ...span, references: [parent] };
      return binaryBatch(encodeBinaryBatch(span.process, [child]));
    })(),
  ],
])('spans %s are not counted', (_, batch) => {
  const counted = counter();
  counted.count(batch);
  expect(counted.take()).toEqual([]);
});

test('what was taken in vain is counted again', () => {
  const counted = counter();
  counted.count(rootSpans('pay', 1, keptBy('probabilistic', 0.5)));
  const taken = counted.take();
  counted.count(rootSpans('pay', 1, keptBy('probabilistic', 0.25)));
  counted.giveBack(taken);
  expect(counted.take()).toEqual([{ service: 'shop', operation: 'pay', sampled: 2, estimated: 6 }]);
});

test('those with too long a name are told, and not held', () => {
  const onOverflow = vi.fn();
  const counted = counter(onOverflow);
  const kept = keptBy('probabilistic', 1);
  counted.count(rootSpans('p'.repeat(257), 1, kept));
  counted.count(rootSpans('pay', 1, kept, 's'.repeat(257)));
  counted.count(rootSpans('p'.repeat(256), 1, kept));
  expect(onOverflow).toHaveBeenCalledTimes(2);
  expect(counted.take()).toMatchObject([{ service: 'shop', operation: 'p'.repeat(256) }]);
});

test('operations beyond the number that is held are told, and the others go on', () => {
  const onOverflow = vi.fn();
  const counted = counter(onOverflow);
  const operations = Array.from({ length: 20_001 }, (_, i) => ({
    service: 'shop',
    operation: `${i}`,
    sampled: 1,
    estimated: 1,
  }));
  counted.giveBack(operations);
  counted.count(rootSpans('0', 1, keptBy('probabilistic', 1)));
  expect(onOverflow).toHaveBeenCalledTimes(1);
  const taken = counted.take();
  expect(taken).toHaveLength(20_000);
  expect(taken[0]).toMatchObject({ operation: '0', sampled: 2 });
});
