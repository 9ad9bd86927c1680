import type { TraceModel } from './trace-model.ts';
import type { Zoom } from './zoom.ts';

type Bars = Pick<TraceModel, 'rowCount' | 'start' | 'length' | 'duration'>;

/** A pause that is this part of the trace parts the spans before it from those after it. */
const PAUSE = 1 / 20;
/** Only a range this small makes the bars in it slivers. */
const SMALL = 1 / 50;

/**
 * Where more than half of the spans lie, if that is so small a part of the trace that nothing can be told of them: one
 * span is stamped years away, say. Spans that last half of the trace or more lie everywhere and count nowhere.
 * `undefined`: the trace is well seen as it is.
 */
export function busyRange({ rowCount, start, length, duration }: Bars): Zoom | undefined {
  const at = (column: Float64Array, row: number) => column[row] as number;
  const rows = Array.from({ length: rowCount }, (_, row) => row)
    .filter((row) => at(length, row) < duration / 2)
    .sort((a, b) => at(start, a) - at(start, b));
  let from = 0;
  let to = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const row of rows) {
    if (at(start, row) > to + PAUSE * duration) {
      if (count * 2 > rowCount) break;
      from = at(start, row);
      count = 0;
    }
    to = Math.max(to, at(start, row) + at(length, row));
    count++;
  }
  const isTold = count * 2 > rowCount && to > from && to - from < SMALL * duration;
  return isTold ? { from, to } : undefined;
}
