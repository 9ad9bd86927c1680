import { type CriticalSegment, criticalPath } from '@spoor/analysis';
import { parentReferenceAt } from '@spoor/model';
import type { TraceModel } from './trace-model.ts';

/** By row, when the trace waited for it: microseconds after the start of the trace. */
export type CriticalRows = ReadonlyMap<number, readonly CriticalSegment[]>;

/** What the trace's first span waited for. Nobody waits for a span that only follows from its parent. */
export function criticalRows(model: TraceModel): CriticalRows {
  const root = model.rowOfSpan(model.summary.root?.spanId ?? '') ?? 0;
  const isAwaited = (row: number) => {
    const { references, traceID } = model.span(row);
    const all = references ?? [];
    const parent = all[parentReferenceAt(all, (reference) => reference.traceID === traceID)];
    return parent?.refType !== 'FOLLOWS_FROM';
  };
  return criticalPath(model, root, isAwaited);
}
