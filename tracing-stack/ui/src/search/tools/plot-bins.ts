import type { FoundTrace } from '../found-trace.ts';
import { type PlotScales, placeOfDuration, placeOfTime } from './plot-scales.ts';

/** How many traces lie in a part of an axis. */
export interface Bin {
  /** Parts of the axis, from 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Of these, how many have a span that failed. */
  readonly errorCount: number;
}

type Place = (trace: FoundTrace) => number;

/** By start: how many traces began when. */
export const binsOfTime = (traces: readonly FoundTrace[], scales: PlotScales, count: number) =>
  binsOf(traces, count, ({ startTime }) => placeOfTime(scales, startTime));

/** By duration: how many took how long. */
export const binsOfDuration = (traces: readonly FoundTrace[], scales: PlotScales, count: number) =>
  binsOf(traces, count, ({ duration }) => placeOfDuration(scales, duration));

/** `count` bins of the same width, the empty ones left out. */
function binsOf(traces: readonly FoundTrace[], count: number, placeOf: Place): Bin[] {
  const counts = new Uint32Array(count);
  const errorCounts = new Uint32Array(count);
  for (const trace of traces) {
    const at = Math.max(0, Math.min(count - 1, Math.floor(placeOf(trace) * count)));
    counts[at] = (counts[at] ?? 0) + 1;
    if (trace.errorCount > 0) errorCounts[at] = (errorCounts[at] ?? 0) + 1;
  }
  return Array.from(counts, (each, at) => ({
    from: at / count,
    to: (at + 1) / count,
    count: each,
    errorCount: errorCounts[at] ?? 0,
  })).filter((bin) => bin.count > 0);
}
