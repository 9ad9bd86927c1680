import type { KeyValue, Span } from '@spoor/model';
import { describe, expect, test } from 'vitest';
import { type CallMeasure, callMetrics, type MetricRange } from './call-metrics.ts';
import { CallSamples } from './call-samples.ts';
import { RankedWindow } from './ranked-window.ts';

const SECOND = 1e6;

function span(
  service: string,
  operation: string,
  startTime: number,
  duration: number,
  ...tags: KeyValue[]
): Span {
  return {
    traceId: '00000000000000ab',
    spanId: '0000000000000001',
    operationName: operation,
    references: [],
    flags: 1,
    startTime: startTime * SECOND,
    duration: duration * 1000,
    tags,
    logs: [],
    process: { serviceName: service, tags: [] },
    warnings: [],
  };
}

const error: KeyValue = { key: 'error', type: 'bool', value: true };

/** A point every 10 s, each of the 20 s before it. */
const RANGE: MetricRange = {
  start: 100 * SECOND,
  end: 140 * SECOND,
  step: 10 * SECOND,
  ratePer: 20 * SECOND,
};

const SPANS = [
  span('a', 'get', 110, 30),
  span('a', 'get', 85, 10),
  span('a', 'put', 81, 20, error),
  span('a', 'get', 80, 99),
  span('b', 'x', 141, 1),
];

function series(measure: CallMeasure, byOperation = false) {
  const samples = new CallSamples();
  for (const one of SPANS) samples.add(one);
  return callMetrics(samples.groups(byOperation), measure, RANGE).map(
    ({ serviceName, part, points }) => [
      part === undefined ? serviceName : `${serviceName} ${part}`,
      ...points.map(({ value }) => value),
    ],
  );
}

describe('calls between two points of a series count for the later one', () => {
  test('how many a second, of each service', () => {
    expect(series({ of: 'calls' })).toEqual([
      ['a', 0.1, 0.05, 0.05, 0, 0],
      ['b', 0, 0, 0, 0, 0],
    ]);
  });

  test('how many a second, of each operation', () => {
    expect(series({ of: 'calls' }, true)).toEqual([
      ['a get', 0.05, 0.05, 0.05, 0, 0],
      ['a put', 0.05, 0, 0, 0, 0],
      ['b x', 0, 0, 0, 0, 0],
    ]);
  });

  test('which share of them failed', () => {
    expect(series({ of: 'errors' })[0]).toEqual(['a', 0.5, 0, 0, Number.NaN, Number.NaN]);
  });

  test.each([
    [0, [10, 30, 30]],
    [0.5, [15, 30, 30]],
    [1, [20, 30, 30]],
    [Number.NaN, [Number.NaN, Number.NaN, Number.NaN]],
    [1.5, [Infinity, Infinity, Infinity]],
  ])('how many milliseconds a share of %d took at most', (quantile, values) => {
    const nothing = [Number.NaN, Number.NaN];
    expect(series({ of: 'latencies', quantile })[0]).toEqual(['a', ...values, ...nothing]);
  });

  test('at the times that were asked for', () => {
    const samples = new CallSamples();
    samples.add(span('a', 'get', 110, 30));
    const [found] = callMetrics(
      samples.groups(false),
      { of: 'calls' },
      { ...RANGE, end: RANGE.end - 1 },
    );
    expect(found?.points.map(({ time }) => time / SECOND)).toEqual([100, 110, 120, 130]);
  });
});

test.each<[KeyValue, boolean]>([
  [error, true],
  [{ key: 'error', type: 'string', value: 'true' }, true],
  [{ key: 'error', type: 'bool', value: false }, false],
  [{ key: 'otel.status_code', type: 'string', value: 'Error' }, true],
  [{ key: 'otel.status_code', type: 'string', value: 'OK' }, false],
  [{ key: 'http.status_code', type: 'int64', value: 500n }, false],
])('a span with the tag %o is a failed call: %s', (tag, hasFailed) => {
  const samples = new CallSamples();
  samples.add(span('a', 'get', 0, 1, tag));
  expect(samples.groups(false)[0]?.samples[0]?.hasFailed).toBe(hasFailed);
});

test('quantiles of a window that moves are those of the sorted numbers in it', () => {
  const numbers = Array.from({ length: 300 }, (_, i) => (i * i * 7919) % 113);
  const window = new RankedWindow(numbers);
  numbers.forEach((number, i) => {
    window.add(number);
    if (i >= 50) window.remove(numbers[i - 50] as number);
    const inside = numbers.slice(Math.max(0, i - 49), i + 1).sort((a, b) => a - b);
    expect(window.quantile(1)).toBe(inside.at(-1));
    expect(window.quantile(0)).toBe(inside[0]);
    const middle = (inside.length - 1) / 2;
    const [low, high] = [inside[Math.floor(middle)], inside[Math.ceil(middle)]];
    expect(window.quantile(0.5)).toBe(((low ?? 0) + (high ?? 0)) / 2);
  });
});
