import { expect, test } from 'vitest';
import { formatAgo, formatClock, formatInstant, isoInstant } from './time.ts';

const now = new Date('2026-11-22T19:59:35.000Z');
const micros = (text: string) => Date.parse(text) * 1e3;

test('an instant is written to the millisecond, in the zone that is asked for', () => {
  const instant = micros('2026-11-22T19:59:35.123Z') + 999;
  expect(formatInstant(instant, 'UTC')).toBe('2026-11-22 19:59:35.123');
  expect(formatInstant(instant, 'Asia/Shanghai')).toBe('2026-11-23 03:59:35.123');
});

test('midnight is hour 00', () => {
  expect(formatInstant(micros('2026-11-22T00:00:00.000Z'), 'UTC')).toBe('2026-11-22 00:00:00.000');
});

test('in a list the date is left out if it is today', () => {
  expect(formatClock(micros('2026-11-22T01:02:03Z'), now, 'UTC')).toBe('01:02:03');
  expect(formatClock(micros('2026-11-21T01:02:03Z'), now, 'UTC')).toBe('2026-11-21 01:02:03');
});

test.each([
  ['2026-11-22T19:59:35Z', 'now'],
  ['2026-11-22T19:59:30Z', '5 sec. ago'],
  ['2026-11-22T19:55:35Z', '4 min. ago'],
  ['2026-11-22T17:00:00Z', '2 hr. ago'],
  ['2026-11-21T10:00:00Z', 'yesterday'],
  ['2001-09-09T01:46:40Z', '25 yr. ago'],
])('%s is "%s"', (text, ago) => {
  expect(formatAgo(micros(text), now, 'en')).toBe(ago);
});

test('an instant beyond the reach of a date is given as its number', () => {
  expect(formatInstant(2 ** 64, 'UTC')).toBe('18446744073709552000µs');
  expect(formatAgo(2 ** 64, now, 'en')).toMatch(/^in 58\d,\d+ yr\.$/);
  expect(isoInstant(2 ** 64)).toBeUndefined();
  expect(isoInstant(0)).toBe('1970-01-01T00:00:00.000Z');
});
