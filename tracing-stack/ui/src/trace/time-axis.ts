const MINUTE = 60e6;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that read well where time is not decimal, in microseconds. */
const CLOCK_STEPS = [1, 2, 5, 10, 20, 30]
  .map((n) => n * MINUTE)
  .concat([1, 2, 4, 6, 12].map((n) => n * HOUR));

/** Points of time, in microseconds, that divide 0 to `duration` into at most `most` round steps. The first is 0. */
export function timeTicks(duration: number, most: number): number[] {
  if (!(duration > 0)) return [0];
  const step = roundStep(duration / most);
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, i) => i * step);
}

/** The smallest round length that is at least `least`. */
function roundStep(least: number): number {
  if (least <= 30e6) return least > 20e6 ? 30e6 : decimalStep(least, 1);
  return CLOCK_STEPS.find((step) => step >= least) ?? decimalStep(least, DAY);
}

/** 1, 2 or 5 times a power of ten of `unit`. */
function decimalStep(least: number, unit: number): number {
  const power = unit * 10 ** Math.floor(Math.log10(least / unit));
  return power * ([1, 2, 5].find((n) => n * power >= least) ?? 10);
}
