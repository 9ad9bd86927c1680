/** How many times the usual duration the longest bar may be: then the usual one is still a bar and not a dot. */
const MOST_TIMES_USUAL = 20;

/** What the lengths of the bars in a list mean. */
export interface LengthScale {
  /** Microseconds; a bar of this duration is as long as bars get. */
  readonly end: number;
  /** Whether some traces take longer. Their bars are cut off, and marked. */
  readonly isCut: boolean;
}

/**
 * Bars are as long as their traces, so that they can be compared by eye, up to the longest; unless that is far beyond
 * the median: one trace of a day must not make dots of all others. Then the scale ends at the longest that is not.
 */
export function lengthScale(durations: readonly number[]): LengthScale {
  const sorted = durations.toSorted((a, b) => a - b);
  const longest = sorted.at(-1) ?? 0;
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const end = sorted.findLast((duration) => duration <= MOST_TIMES_USUAL * usual) ?? longest;
  // A median of nothing (all spans of 0 µs) says nothing about the others.
  return usual > 0 ? { end, isCut: end < longest } : { end: longest, isCut: false };
}
