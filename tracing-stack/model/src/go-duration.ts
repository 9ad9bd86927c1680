import type { Micros } from './span.ts';

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

/** Nanoseconds in each unit of Go's durations. Both signs for micro: U+00B5 and U+03BC. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

/** Go's `time.ParseDuration` (`1.5h`, `300ms`, `1m30s`), in microseconds. Throws `RangeError` with Go's message. */
export function parseGoDuration(text: string): Micros {
  const [, sign, unsigned = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (unsigned === '0') return 0;
  if (unsigned === '') throw invalid(text);
  let nanos = 0;
  let rest = unsigned;
  while (rest !== '') {
    const [all, number, unit] = /^([0-9]*\.?[0-9]*)([^0-9.]*)/.exec(rest) as unknown as Part;
    if (!/[0-9]/.test(number)) throw invalid(text);
    if (unit === '') throw new RangeError(`time: missing unit in duration ${quote(text)}`);
    const length = UNITS.get(unit);
    if (length === undefined)
      throw new RangeError(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    nanos += Number(number) * length;
    if (nanos >= 2 ** 63) throw invalid(text);
    rest = rest.slice(all.length);
  }
  return (sign === '-' ? -nanos : nanos) / 1000;
}

type Part = [all: string, number: string, unit: string];

function invalid(text: string): RangeError {
  return new RangeError(`time: invalid duration ${quote(text)}`);
}

/** Go's `time` package quotes by itself: every byte that is no printable ASCII as `\xNN`. */
function quote(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/[^ -~]/gu, (character) =>
      Array.from(
        new TextEncoder().encode(character),
        (byte) => `\\x${byte.toString(16).padStart(2, '0')}`,
      ).join(''),
    );
  return `"${escaped}"`;
}
