import type { Micros } from '@spoor/model';
import { ParameterError } from './go-errors.ts';

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

/** Go's `time.ParseDuration` (`1.5h`, `300ms`, `1m30s`), in microseconds. Throws `ParameterError` with Go's message. */
export function parseGoDuration(text: string): Micros {
  const [, sign, unsigned = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (unsigned === '0') return 0;
  if (unsigned === '') throw invalid(text);
  let nanos = 0;
  let rest = unsigned;
  while (rest !== '') {
    const [all, number, unit] = /^([0-9]*\.?[0-9]*)([^0-9.]*)/.exec(rest) as unknown as Part;
    if (!/[0-9]/.test(number)) throw invalid(text);
    if (unit === '') throw new ParameterError(`time: missing unit in duration ${quote(text)}`);
    const length = UNITS.get(unit);
    if (length === undefined)
      throw new ParameterError(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    nanos += Number(number) * length;
    if (nanos >= 2 ** 63) throw invalid(text);
    rest = rest.slice(all.length);
  }
  return (sign === '-' ? -nanos : nanos) / 1000;
}

type Part = [all: string, number: string, unit: string];

function invalid(text: string): ParameterError {
  return new ParameterError(`time: invalid duration ${quote(text)}`);
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
