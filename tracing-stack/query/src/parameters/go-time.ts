import type { Micros } from '@spoor/model';
import { goQuote, ParameterError } from './go-errors.ts';

/** Go's `time.RFC3339Nano`. */
const LAYOUT = '2006-01-02T15:04:05.999999999Z07:00';

/** The parts of the layout: how Go calls each, what it takes, and the values that it may have. */
const PARTS: readonly (readonly [
  element: string,
  pattern: RegExp,
  range?: readonly [number, number, string],
])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/, [1, 12, 'month']],
  ['-', /^-/],
  ['02', /^\d\d/, [1, 31, 'day']],
  ['T', /^T/],
  ['15', /^\d\d/, [0, 23, 'hour']],
  [':', /^:/],
  ['04', /^\d\d/, [0, 59, 'minute']],
  [':', /^:/],
  ['05', /^\d\d/, [0, 59, 'second']],
  ['.999999999', /^(?:[.,]\d+)?/],
  ['Z07:00', /^(?:Z|[+-]\d\d:\d\d)/],
];

/**
 * Go's `time.Parse(time.RFC3339Nano, text)`, in microseconds since 1970 with a fraction for the nanoseconds: of a time
 * in this century to a quarter, for a number holds no more. Throws `ParameterError`.
 */
export function parseGoTime(text: string): Micros {
  const taken: string[] = [];
  let rest = text;
  for (const [element, pattern, range] of PARTS) {
    const [part] = pattern.exec(rest) ?? [];
    if (part === undefined)
      throw cannot(text, `cannot parse ${goQuote(rest)} as ${goQuote(element)}`);
    if (range !== undefined) {
      const [least, most, name] = range;
      if (Number(part) < least || Number(part) > most)
        throw cannot(text, `${name} out of range`, '');
    }
    taken.push(part);
    rest = rest.slice(part.length);
  }
  if (rest !== '') throw cannot(text, `extra text: ${goQuote(rest)}`, '');
  const zone = taken.at(-1) ?? 'Z';
  const seconds = Date.parse(`${taken.slice(0, 11).join('')}${zone}`) * 1000;
  // The 30th of February is the 2nd of March to JavaScript, and nothing to Go.
  if (Number.isNaN(seconds) || !isDay(taken)) throw cannot(text, 'day out of range', '');
  const [, fraction = ''] = /^[.,](\d*)/.exec(taken[11] ?? '') ?? [];
  return seconds + Number(`0.${fraction || 0}`) * 1e6;
}

function isDay([year, , month, , day]: readonly string[]): boolean {
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() >= Number(day);
}

function cannot(text: string, why: string, layout = ` as ${goQuote(LAYOUT)}`): ParameterError {
  return new ParameterError(`parsing time ${goQuote(text)}${layout}: ${why}`);
}
