import type { TraceQuery } from '@spoor/storage-api';
import { int64 } from '../rows/span-columns.ts';
import type { StartWindow } from '../statements/select-starts.ts';

/** When the matching spans start. */
export function startWindow({ startTimeMin, startTimeMax }: TraceQuery): StartWindow {
  return { start_min: int64(Math.ceil(startTimeMin)), start_max: int64(startTimeMax) };
}

/** Whether a question is about how long spans take. */
export function asksForDuration({ durationMin, durationMax, order }: TraceQuery): boolean {
  return durationMin !== undefined || durationMax !== undefined || order === 'longest-first';
}

/** How long the matching spans take. */
export function durationBounds({ durationMin, durationMax }: TraceQuery) {
  return {
    duration_min: int64(Math.ceil(durationMin ?? Number.NEGATIVE_INFINITY)),
    duration_max: int64(durationMax ?? Number.POSITIVE_INFINITY),
  };
}
