import type { Micros } from '@spoor/model';
import type { Clock } from '../clock.ts';

/** Stands still until `pass` is called. */
export function handClock(): Clock & { pass(micros: Micros): void } {
  let elapsed = 0;
  return {
    now: () => ({ time: 1_000_000 + elapsed, elapsed }),
    pass: (micros) => {
      elapsed += micros;
    },
  };
}
