import { expect, test } from 'vitest';
import type { FoundTrace } from '../found-trace.ts';
import { binsOfDuration, binsOfTime } from './plot-bins.ts';

const trace = (startTime: number, duration: number, errorCount = 0): FoundTrace => ({
  traceId: `${startTime}`,
  spanCount: 1,
  services: [],
  depth: 1,
  errorCount,
  orphanCount: 0,
  startTime,
  duration,
});
const scales = { from: 0, to: 100, shortest: 1, longest: 10_000 };
const traces = [trace(0, 1), trace(20, 50, 1), trace(24, 99, 2), trace(100, 10_000)];

test('each trace is counted where it began, the last at the end of the axis too', () => {
  expect(binsOfTime(traces, scales, 4)).toEqual([
    { from: 0, to: 0.25, count: 3, errorCount: 2 },
    { from: 0.75, to: 1, count: 1, errorCount: 0 },
  ]);
});

test('durations are counted in steps that are equally long on their logarithmic axis', () => {
  expect(binsOfDuration(traces, scales, 4)).toEqual([
    { from: 0, to: 0.25, count: 1, errorCount: 0 },
    { from: 0.25, to: 0.5, count: 2, errorCount: 2 },
    { from: 0.75, to: 1, count: 1, errorCount: 0 },
  ]);
});

test('of nothing there is nothing to count', () => {
  expect(binsOfTime([], scales, 4)).toEqual([]);
});
