import { type Micros, parseGoDuration } from '@spoor/model';
import { ParameterError } from './go-errors.ts';
import { parseGoInt } from './go-integer.ts';

/** The first parameter of this name, read by `parse`; an empty one counts as absent. The error names the parameter. */
export function parameter<T>(
  parameters: URLSearchParams,
  name: string,
  parse: (text: string) => T,
): T | undefined {
  const text = parameters.get(name);
  if (!text) return undefined;
  return withPrefix(`unable to parse param '${name}'`, () => parse(text));
}

/** A whole number of 64 bits. */
export function integerParameter(parameters: URLSearchParams, name: string): number | undefined {
  return parameter(parameters, name, (text) => Number(parseGoInt(text, 64)));
}

/** A length of time as Go writes it: `1m30s`. */
export function durationText(text: string): Micros {
  try {
    return parseGoDuration(text);
  } catch (error) {
    throw new ParameterError((error as Error).message);
  }
}

/** Puts `prefix` before the message of a `ParameterError`. */
export function withPrefix<T>(prefix: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ParameterError) throw new ParameterError(`${prefix}: ${error.message}`);
    throw error;
  }
}
