import { expect, test } from 'vitest';
import { formatDuration } from '../format/duration.ts';
import { timeTicks } from './time-axis.ts';

test.each([
  [0, ['0µs']],
  [1, ['0µs', '0.2µs', '0.4µs', '0.6µs', '0.8µs', '1µs']],
  [3_008_923, ['0µs', '1s', '2s', '3s']],
  [950, ['0µs', '200µs', '400µs', '600µs', '800µs']],
  [59e6, ['0µs', '10s', '20s', '30s', '40s', '50s']],
  [150e6, ['0µs', '30s', '1m', '1m 30s', '2m', '2m 30s']],
  [25 * 60e6, ['0µs', '5m', '10m', '15m', '20m', '25m']],
  [26 * 3_600e6, ['0µs', '6h', '12h', '18h', '1d']],
  [795_370_478_486_989, ['0µs', '2000d', '4000d', '6000d', '8000d']],
])('%d µs are divided at round times', (duration, ticks) => {
  expect(timeTicks(duration, 6).map(formatDuration)).toEqual(ticks);
});

test('there are never more steps than asked for', () => {
  for (let duration = 1; duration < 1e16; duration *= 1.37)
    expect(timeTicks(duration, 6).length, `${duration}`).toBeLessThanOrEqual(7);
});
