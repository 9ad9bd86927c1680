import type { Process, Trace } from '@spoor/model';

/** A trace as Jaeger's query API writes it: processes are named p1, p2, … in the order of the spans. */
export function traceJson(trace: Trace) {
  const names = new Map<Process, string>();
  const spans = trace.spans.map(({ process, traceId, spanId, references, ...span }) => {
    if (!names.has(process)) names.set(process, `p${names.size + 1}`);
    return {
      traceID: traceId,
      spanID: spanId,
      ...span,
      references: references.map((r) => ({
        refType: r.refType,
        traceID: r.traceId,
        spanID: r.spanId,
      })),
      processID: names.get(process),
    };
  });
  const processes = Object.fromEntries([...names].map(([process, name]) => [name, process]));
  return { traceID: trace.traceId, spans, processes, warnings: null };
}
