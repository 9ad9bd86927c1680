import { expect, test } from 'vitest';
import { timeTicks } from './time-axis.ts';
import { wholeTrace } from './zoom.ts';

const labels = (from: number, to: number) => timeTicks({ from, to }, 6).map(({ label }) => label);

test.each([
  [0, ['0 µs']],
  [1, ['0', '0.2 µs', '0.4 µs', '0.6 µs', '0.8 µs', '1 µs']],
  [3_008_923, ['0', '1 s', '2 s', '3 s']],
  [950, ['0', '200 µs', '400 µs', '600 µs', '800 µs']],
  [59e6, ['0', '10 s', '20 s', '30 s', '40 s', '50 s']],
  [150e6, ['0', '30 s', '1m', '1m 30s', '2m', '2m 30s']],
  [25 * 60e6, ['0', '5m', '10m', '15m', '20m', '25m']],
  [26 * 3_600e6, ['0', '6h', '12h', '18h', '1d']],
  [795_370_478_486_989, ['0', '2000d', '4000d', '6000d', '8000d']],
])('%d µs are divided at round times', (duration, ticks) => {
  expect(labels(0, duration)).toEqual(ticks);
});

test.each([
  ['within seconds', 1.4e6, 2.6e6, ['1.4 s', '1.6 s', '1.8 s', '2 s', '2.2 s', '2.4 s', '2.6 s']],
  [
    'at more figures',
    2_000_250,
    2_001_250,
    ['2.0004 s', '2.0006 s', '2.0008 s', '2.001 s', '2.0012 s'],
  ],
  [
    'too fine for figures',
    3_000_000.5,
    3_000_001.5,
    ['3 s', '+0.2 µs', '+0.4 µs', '+0.6 µs', '+0.8 µs', '+1 µs'],
  ],
  [
    'seconds after an hour',
    3_723e6,
    3_726e6,
    ['1h 2m', '+500 ms', '+1 s', '+1.5 s', '+2 s', '+2.5 s', '+3 s'],
  ],
  ['minutes after an hour', 3_660e6, 4_260e6, ['1h 2m', '1h 4m', '1h 6m', '1h 8m', '1h 10m']],
  [
    'seconds after years',
    795_370_478_486_989,
    795_370_481_486_989,
    ['9205d 16h', '+500 ms', '+1 s', '+1.5 s', '+2 s', '+2.5 s', '+3 s'],
  ],
])('%s, every tick is told from its neighbours', (_what, from, to, ticks) => {
  expect(labels(from, to)).toEqual(ticks);
});

test('there are never more steps than asked for, and all lie inside', () => {
  for (let duration = 1; duration < 1e16; duration *= 1.37)
    for (const zoom of [wholeTrace(duration), { from: duration / 3, to: duration / 2 }]) {
      const ticks = timeTicks(zoom, 6);
      expect(ticks.length, `${duration}`).toBeLessThanOrEqual(7);
      expect(new Set(ticks.map(({ label }) => label)).size, `${duration}`).toBe(ticks.length);
      for (const { at } of ticks) {
        expect(at).toBeGreaterThanOrEqual(zoom.from);
        expect(at).toBeLessThanOrEqual(zoom.to * (1 + 1e-9));
      }
    }
});
