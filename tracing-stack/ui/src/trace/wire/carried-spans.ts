import type { SpanJson } from '@spoor/analysis';
import type { TraceModel } from '../trace-model.ts';
import type { MessageList } from './wire-client.ts';

/** Which spans of the trace the messages carry, by the ids that stand in their bytes. */
export interface CarriedSpans {
  /** Under which id the span came; `undefined` if it is in none of the messages. */
  readonly idOf: (row: number) => string | undefined;
  /** How many spans of the trace are in none of them. */
  readonly missing: number;
}

/**
 * Zipkin's client and server may share a span id. The query service gives the server's span another one, below the
 * client's: such a span is looked for under its parent's id, if that came twice.
 */
export function carriedSpans(model: TraceModel, { messages }: MessageList): CarriedSpans {
  const counts = new Map<string, number>();
  for (const { spanIds } of messages)
    for (const id of spanIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  const idOf = ({ spanID, traceID, references }: SpanJson): string | undefined => {
    if (counts.has(spanID)) return spanID;
    const parent = references?.find((each) => each.traceID === traceID)?.spanID ?? '';
    return (counts.get(parent) ?? 0) > 1 ? parent : undefined;
  };
  return {
    idOf: (row) => idOf(model.span(row)),
    missing: model.json.spans.filter((span) => idOf(span) === undefined).length,
  };
}
