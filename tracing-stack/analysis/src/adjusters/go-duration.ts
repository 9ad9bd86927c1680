import type { Micros } from '@spoor/model';

/** A duration as Go prints it: `100µs`, `525ms`, `1m0.025s`, `-1.5s`, `500ns`, `0s`. */
export function goDuration(micros: Micros): string {
  if (micros === 0) return '0s';
  const sign = micros < 0 ? '-' : '';
  const nanos = Math.round(Math.abs(micros) * 1000);
  if (nanos < 1_000) return `${sign}${nanos}ns`;
  if (nanos < 1_000_000) return `${sign}${nanos / 1_000}µs`;
  if (nanos < 1_000_000_000) return `${sign}${nanos / 1_000_000}ms`;
  const minutes = Math.floor(nanos / 60e9);
  const seconds = `${(nanos - minutes * 60e9) / 1e9}s`;
  if (minutes === 0) return sign + seconds;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes % 60}m${seconds}`;
}
