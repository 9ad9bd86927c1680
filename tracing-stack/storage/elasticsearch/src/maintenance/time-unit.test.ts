import { expect, test } from 'vitest';
import { type TimeUnit, unitsAgo } from './time-unit.ts';

const NOW = Date.UTC(2026, 10, 22, 18, 20, 30, 500);

test.each<[number, TimeUnit, number]>([
  [2, 'seconds', Date.UTC(2026, 10, 22, 18, 20, 28)],
  [5, 'minutes', Date.UTC(2026, 10, 22, 18, 15)],
  [20, 'hours', Date.UTC(2026, 10, 21, 22)],
  [1, 'days', Date.UTC(2026, 10, 22)],
  [1, 'weeks', Date.UTC(2026, 10, 16)],
  [11, 'months', Date.UTC(2025, 11, 22)],
  [2, 'years', Date.UTC(2024, 10, 22)],
])('%i %s ago', (count, unit, expected) => {
  expect(unitsAgo(count, unit, NOW)).toBe(expected);
});
