import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import type { Run } from '../judge/run.ts';

/** Those of `spans` that a program sent. */
export function spansOf(run: Run, spans: readonly ObservedSpan[]): ObservedSpan[] {
  return spans.filter(({ processTags }) => run.clientUuids.has(String(processTags['client-uuid'])));
}

/** The traces with what a program sent of them, and without those of which it sent nothing. */
export function tracesOf(run: Run, traces: readonly ObservedTrace[]): ObservedTrace[] {
  return traces
    .map(({ traceId, spans }) => ({ traceId, spans: spansOf(run, spans) }))
    .filter(({ spans }) => spans.length > 0);
}
