import { expect, test } from 'vitest';
import type { MetricFamily } from './metric-family.ts';
import { metricFamilyJson } from './metric-family-json.ts';

function json(family: MetricFamily): unknown {
  return JSON.parse([...metricFamilyJson(family)].join(''));
}

function pointsOf(...points: { time: number; value: number }[]): unknown {
  const family = json({ name: 'n', help: 'h', metrics: [{ labels: [], points }] });
  return (family as { metrics: [{ metricPoints: unknown }] }).metrics[0].metricPoints;
}

test('a family as proto has it in JSON', () => {
  const labels = [{ name: 'service_name', value: 'a "b"' }];
  const points = [{ time: 1_795_370_433_000_000, value: 0.25 }];
  const timestamp = '2026-11-22T18:00:33Z';
  expect(
    json({
      name: 'n',
      help: 'by "b"',
      metrics: [
        { labels, points },
        { labels: [], points: [] },
      ],
    }),
  ).toEqual({
    name: 'n',
    type: 'GAUGE',
    help: 'by "b"',
    metrics: [
      { labels, metricPoints: [{ gaugeValue: { doubleValue: 0.25 }, timestamp }] },
      { labels: [], metricPoints: [] },
    ],
  });
  expect(json({ name: 'n', help: 'h', metrics: [] })).toMatchObject({ metrics: [] });
});

test.each<[number, number | string]>([
  [0, 0],
  [1e-7, 1e-7],
  [1e21, 1e21],
  [Number.NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [-Infinity, '-Infinity'],
])('the value %d', (value, doubleValue) => {
  expect(pointsOf({ time: 0, value })).toEqual([
    { gaugeValue: { doubleValue }, timestamp: '1970-01-01T00:00:00Z' },
  ]);
});

test.each<[number, string]>([
  [1_795_370_433_120_000, '2026-11-22T18:00:33.120Z'],
  [1_795_370_433_000_001, '2026-11-22T18:00:33.000001Z'],
  [-1, '1969-12-31T23:59:59.999999Z'],
  [-1_000_000, '1969-12-31T23:59:59Z'],
])('the time %d', (time, timestamp) => {
  expect(pointsOf({ time, value: 1 })).toMatchObject([{ timestamp }]);
});
