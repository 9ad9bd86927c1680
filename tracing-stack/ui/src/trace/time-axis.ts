import { formatDuration } from '../format/duration.ts';
import type { Zoom } from './zoom.ts';

const MINUTE = 60e6;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that read well where time is not decimal, in microseconds. */
const CLOCK_STEPS = [1, 2, 5, 10, 20, 30]
  .map((n) => n * MINUTE)
  .concat([1, 2, 4, 6, 12].map((n) => n * HOUR));

export interface Tick {
  /** Microseconds after the start of the trace. */
  readonly at: number;
  readonly label: string;
}

/** As many figures are read at a glance. */
const MOST_FIGURES = 6;

/**
 * Divides what is shown into at most `most` round steps. Ticks stand at round times of the trace; where these would be
 * told apart by too many figures, at round times after the left edge, and all but the first are labelled as such (`+2ms`).
 */
export function timeTicks({ from, to }: Zoom, most: number): Tick[] {
  if (!(to > from)) return [{ at: from, label: formatDuration(from) }];
  const step = roundStep((to - from) / most);
  const figures = figuresFor(to, step);
  const zero = figures === undefined ? from : step * Math.ceil(from / step);
  const count = Math.floor((to - zero) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, i) => {
    const at = zero + i * step;
    if (figures !== undefined) return { at, label: at === 0 ? '0' : formatDuration(at, figures) };
    return { at, label: `${i === 0 ? '' : '+'}${formatDuration(i === 0 ? from : i * step)}` };
  });
}

/** How many figures tell times up to `last` apart that are `step` apart; `undefined` if they are too many. */
function figuresFor(last: number, step: number): number | undefined {
  // From a minute on a duration is written in two units, the smaller of which is this one.
  const grain = last < MINUTE ? 0 : last < HOUR ? 1e6 : last < DAY ? MINUTE : HOUR;
  if (grain > 0) return step >= grain ? 3 : undefined;
  const figures = Math.max(3, 1 + Math.ceil(Math.log10(last / step)));
  return figures <= MOST_FIGURES ? figures : undefined;
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
