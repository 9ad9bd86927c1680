const MS = 1e3;
const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Microseconds as tracing tools write them: `572 µs`, `2.01 ms`, `3.01 s`, `1m 20s`, `2h 5m`.
 * @param figures at most, below a minute
 */
export function formatDuration(micros: number, figures = 3): string {
  if (micros < 0) return `-${formatDuration(-micros, figures)}`;
  const rounded = micros < MINUTE ? Number(micros.toPrecision(figures)) : micros;
  if (rounded < MS) return `${rounded} µs`;
  if (rounded < SECOND) return `${clean(rounded / MS)} ms`;
  if (rounded < MINUTE) return `${clean(rounded / SECOND)} s`;
  const seconds = Math.round(rounded / SECOND) * SECOND;
  if (seconds < HOUR) return pair(seconds, MINUTE, 'm', SECOND, 's');
  if (seconds < DAY) return pair(seconds, HOUR, 'h', MINUTE, 'm');
  return pair(seconds, DAY, 'd', HOUR, 'h');
}

/** Rounding noise of the division goes; zeros at the end go too. */
function clean(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function pair(micros: number, big: number, bigName: string, small: number, smallName: string) {
  const rest = Math.floor((micros % big) / small);
  const head = `${Math.floor(micros / big)}${bigName}`;
  return rest === 0 ? head : `${head} ${rest}${smallName}`;
}
