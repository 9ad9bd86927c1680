import type { Micros } from '@spoor/model';

/** A stretch of time whose links are counted and written together, and whose start they are written for. */
export const SLICE: Micros = 3_600_000_000;

export interface SliceOptions {
  readonly now: Micros;
  /** The newest slice that was counted; `undefined` if none was. */
  readonly newest: Micros | undefined;
  /** How far back a first run begins. Older slices are not counted again: their spans may have expired. */
  readonly lookback: Micros;
  /** So much of what was counted is counted again, for spans that came late. */
  readonly lateness: Micros;
}

/** The starts of the slices that a run counts, oldest first; the last is the one that is not over yet. */
export function slicesToCount({ now, newest, lookback, lateness }: SliceOptions): Micros[] {
  const last = sliceOf(now);
  const oldest = sliceOf(now - lookback);
  let first = oldest;
  if (newest !== undefined) {
    // Not what was in the future when it was counted, by somebody's clock.
    const counted = Math.min(sliceOf(newest), last);
    first = counted < oldest ? counted + SLICE : Math.max(oldest, sliceOf(counted - lateness));
  }
  const slices: Micros[] = [];
  for (let slice = first; slice <= last; slice += SLICE) slices.push(slice);
  return slices;
}

function sliceOf(time: Micros): Micros {
  return SLICE * Math.floor(time / SLICE);
}
