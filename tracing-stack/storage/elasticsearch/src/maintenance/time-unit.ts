/** The units in which `lookback` counts. */
export const TIME_UNITS = [
  'seconds',
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'years',
] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * So many units ago, in milliseconds since 1970, as Jaeger counts them: days and weeks from the coming midnight, months and
 * years from the last one, by UTC, and what is shorter from its last beginning.
 */
export function unitsAgo(count: number, unit: TimeUnit, now: number): number {
  const midnight = DAY_MS * Math.floor(now / DAY_MS);
  const beginning = (length: number) => length * Math.floor(now / length);
  switch (unit) {
    case 'seconds':
      return beginning(SECOND_MS) - count * SECOND_MS;
    case 'minutes':
      return beginning(MINUTE_MS) - count * MINUTE_MS;
    case 'hours':
      return beginning(HOUR_MS) - count * HOUR_MS;
    case 'days':
      return midnight + DAY_MS * (1 - count);
    case 'weeks':
      return midnight + DAY_MS * (1 - 7 * count);
    case 'months':
      return new Date(midnight).setUTCMonth(new Date(midnight).getUTCMonth() - count);
    case 'years':
      return new Date(midnight).setUTCFullYear(new Date(midnight).getUTCFullYear() - count);
  }
}
