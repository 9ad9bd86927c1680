import { toldSkew } from '@spoor/analysis';
import type { TraceModel } from '../trace-model.ts';

/** The two times of the spans whose clock disagrees with their caller's: their own clock's, and their caller's. */
export interface BothClocks {
  /** With a time line that has room for both. */
  readonly model: TraceModel;
  /** Where the bar would lie by the other of the two, in microseconds after the model's start; NaN where they agree. */
  readonly otherStart: Float64Array;
  /** How far the span's clock is behind its caller's, in microseconds; negative if it is ahead, 0 where they agree. */
  readonly behind: Float64Array;
  /** 1 where the query service moved the span, so that the other time is that of the span's own clock. */
  readonly isMoved: Uint8Array;
}

/** Reads them out of the warnings that the query service left. */
export function bothClocks(model: TraceModel): BothClocks {
  const { rowCount } = model;
  const otherStart = new Float64Array(rowCount).fill(Number.NaN);
  const behind = new Float64Array(rowCount);
  const isMoved = new Uint8Array(rowCount);
  let from = 0;
  let to = model.duration;
  for (let row = 0; row < rowCount; row++) {
    const told = toldSkew(model.span(row).warnings ?? []);
    if (!told) continue;
    const shown = model.start[row] as number;
    // Half a microsecond was cut off when the span was moved.
    const other = told.isMoved ? Math.ceil(shown - told.behind) : Math.floor(shown + told.behind);
    otherStart[row] = other;
    behind[row] = told.behind;
    isMoved[row] = told.isMoved ? 1 : 0;
    from = Math.min(from, other);
    to = Math.max(to, other + (model.length[row] as number));
  }
  const later = (micros: number) => micros - from;
  return {
    model: {
      ...model,
      startTime: model.startTime + from,
      duration: to - from,
      start: model.start.map(later),
    },
    otherStart: otherStart.map(later),
    behind,
    isMoved,
  };
}
