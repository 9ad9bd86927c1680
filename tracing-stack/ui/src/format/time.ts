/** The furthest that a `Date` reaches, in microseconds. Spans may be stamped beyond. */
const FURTHEST = 8.64e18;

/** For `<time datetime>`; `undefined` beyond the reach of a date. */
export function isoInstant(micros: number): string | undefined {
  return Math.abs(micros) <= FURTHEST ? new Date(micros / 1e3).toISOString() : undefined;
}

/** Microseconds since 1970 as a local date and time, to the millisecond: `2026-11-22 19:59:35.123`. */
export function formatInstant(micros: number, timeZone?: string): string {
  if (!(Math.abs(micros) <= FURTHEST)) return `${micros}µs`;
  const ms = Math.floor(micros / 1e3);
  const part = partsOf(new Date(ms), timeZone);
  const fraction = String(((ms % 1e3) + 1e3) % 1e3).padStart(3, '0');
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}.${fraction}`;
}

/** The same without the fraction, and without the date if that is `now`'s: for lists. */
export function formatClock(micros: number, now: Date, timeZone?: string): string {
  const text = formatInstant(micros, timeZone).slice(0, 19);
  const today = formatInstant(now.getTime() * 1e3, timeZone).slice(0, 10);
  return text.startsWith(today) ? text.slice(11) : text;
}

/** How long ago, in the one unit that says it best: `3 min. ago`. */
export function formatAgo(micros: number, now: Date, locale: string): string {
  const seconds = (micros / 1e3 - now.getTime()) / 1e3;
  const [unit, length] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? SECONDS;
  return relativeFormat(locale).format(Math.trunc(seconds / length), unit);
}

const SECONDS = ['second', 1] as const;
const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  SECONDS,
] as const;

function partsOf(date: Date, timeZone = '') {
  const parts = dateFormat(timeZone)
    .formatToParts(date)
    .map(({ type, value }) => [type, value] as const);
  const byType = new Map(parts);
  return (type: Intl.DateTimeFormatPartTypes) => byType.get(type) ?? '';
}

/** `''` is the browser's own zone. */
const dateFormat = once(
  (timeZone) =>
    new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...(timeZone !== '' && { timeZone }),
    }),
);

const relativeFormat = once(
  (locale) => new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' }),
);

/** Formats are dear to make and cheap to use: one for each key. */
function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const format = made.get(key) ?? make(key);
    made.set(key, format);
    return format;
  };
}
