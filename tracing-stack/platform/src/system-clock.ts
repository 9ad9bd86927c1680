import type { Micros } from '@spoor/model';

/** Microseconds since 1970, by the system's clock, which knows milliseconds. */
export function systemClock(): Micros {
  return 1000 * Date.now();
}
