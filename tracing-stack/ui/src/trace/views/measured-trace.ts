import {
  selfTimes,
  type TraceSpan,
  traceSpans,
  type WaterfallRow,
  waterfall,
} from '@spoor/analysis';
import type { TraceModel } from '../trace-model.ts';

/** What the views need of a trace beyond its model. It is worked out once, when the first of them is opened. */
export interface MeasuredTrace {
  readonly spans: readonly TraceSpan[];
  readonly rows: readonly WaterfallRow[];
  /** Of the rows, in microseconds. */
  readonly selfTimes: Float64Array;
}

const measured = new WeakMap<TraceModel, MeasuredTrace>();

export function measuredTrace(model: TraceModel): MeasuredTrace {
  let trace = measured.get(model);
  if (!trace) {
    const spans = traceSpans(model.json);
    const { rows } = waterfall(spans);
    trace = { spans, rows, selfTimes: selfTimes(model) };
    measured.set(model, trace);
  }
  return trace;
}
