import type { TraceQuery } from '@spoor/storage-api';
import { int64 } from '../rows/span-columns.ts';
import type { StartWindow } from '../statements/select-starts.ts';

/** When the matching spans start. */
export function startWindow({ startTimeMin, startTimeMax }: TraceQuery): StartWindow {
  return { start_min: int64(Math.ceil(startTimeMin)), start_max: int64(startTimeMax) };
}

/** How long they take; `undefined` where that was not asked for. */
export function durationBounds({ durationMin, durationMax }: TraceQuery) {
  if (durationMin === undefined && durationMax === undefined) return undefined;
  return {
    duration_min: int64(Math.ceil(durationMin ?? Number.NEGATIVE_INFINITY)),
    duration_max: int64(durationMax ?? Number.POSITIVE_INFINITY),
  };
}
