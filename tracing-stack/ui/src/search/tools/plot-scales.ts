import type { FoundTrace } from '../found-trace.ts';

/** What the plot shows: times since 1970 and durations, in microseconds. */
export interface PlotScales {
  readonly from: number;
  readonly to: number;
  /** More than 0: durations are drawn by their logarithms. */
  readonly shortest: number;
  readonly longest: number;
}

/** Of the time that is shown, on either side. */
const MARGIN = 0.02;
/** Microseconds: all traces may have begun at once. */
const LEAST_TIME = 1_000;

/** Room for all traces, with a little beside the first and the last. */
export function plotScales(traces: readonly FoundTrace[]): PlotScales {
  const starts = traces.map(({ startTime }) => startTime);
  const first = starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = starts.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const margin = Math.max(LEAST_TIME, MARGIN * (last - first));
  const durations = traces.map(({ duration }) => Math.max(1, duration));
  return {
    from: first - margin,
    to: last + margin,
    shortest: durations.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) / 1.5,
    longest: durations.reduce((a, b) => Math.max(a, b), 1) * 1.5,
  };
}

/** From 0, at the left, to 1. */
export const placeOfTime = ({ from, to }: PlotScales, time: number) => (time - from) / (to - from);
export const timeAtPlace = ({ from, to }: PlotScales, place: number) =>
  from + Math.min(1, Math.max(0, place)) * (to - from);

/** From 0, at the bottom, to 1. */
export function placeOfDuration({ shortest, longest }: PlotScales, duration: number): number {
  return Math.log(Math.max(1, duration) / shortest) / Math.log(longest / shortest);
}

export const durationAtPlace = ({ shortest, longest }: PlotScales, place: number) =>
  shortest * (longest / shortest) ** place;

/** Powers of ten and, where these are fewer than two, twice and five times them: at most `most`, evenly left out. */
export function durationTicks({ shortest, longest }: PlotScales, most: number): number[] {
  const tens = ticks([1]);
  const all = tens.length >= 2 ? tens : ticks([1, 2, 5]);
  const step = Math.ceil(all.length / most);
  return all.filter((_, i) => i % step === 0);

  function ticks(parts: readonly number[]): number[] {
    const found: number[] = [];
    for (let ten = 1; ten <= longest; ten *= 10)
      for (const part of parts)
        if (part * ten >= shortest && part * ten <= longest) found.push(part * ten);
    return found;
  }
}

/** Half the width of a trace's circle, in CSS pixels: its area grows with its spans. */
export const radiusOf = (spanCount: number) => Math.min(16, 3 + 0.7 * Math.sqrt(spanCount));
