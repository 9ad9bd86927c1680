import type { Counters } from './counters.ts';
import type { Complain } from './logger.ts';

/** Told of what an application gives and the tracer cannot keep: counted, and said once of each kind. */
export interface Losses {
  /** An argument of which nothing can be made was left out; `message` says which. */
  badArgument(message: string): void;
  /** Of the value of tag or field `key` not everything could be written. */
  reducedValue(key: string, reason: string): void;
}

export function countingLosses(counters: Counters, complain: Complain): Losses {
  return {
    badArgument: (message) => {
      counters.badArguments++;
      complain('badArguments', message);
    },
    reducedValue: (key, reason) => {
      counters.reducedValues++;
      complain('reducedValues', `not all of ${key} was kept: ${reason}`);
    },
  };
}

/** Any value as text, or `undefined` if its own conversion throws. */
export function textOrNothing(value: unknown): string | undefined {
  try {
    return String(value);
  } catch {
    return undefined;
  }
}
