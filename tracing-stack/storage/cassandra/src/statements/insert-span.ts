import type { SpanColumns } from './columns.ts';
import type { Write } from './statement.ts';

/**
 * The span itself. Its partition is the trace: what a batch brings of a trace is one mutation, stored whole or not at all.
 * The timestamp is the place in the order of arrival, another for each span, so that a row that is written again, because
 * an answer was lost, stays what it is.
 */
export const INSERT_SPAN: Write<SpanRow> = {
  cql: `INSERT INTO traces (trace_id, span_id, span_hash, parent_id, operation_name, flags, start_time, duration,
          tags, logs, refs, process)
        VALUES (:trace_id, :span_id, :span_hash, :parent_id, :operation_name, :flags, :start_time, :duration,
          :tags, :logs, :refs, :process)
        USING TIMESTAMP :stamp`,
  partition: ['trace_id'],
  clustering: ['span_id', 'span_hash'],
};

export interface SpanRow extends SpanColumns {
  /** Tells spans of equal ids apart, as Jaeger's hash of the span does. */
  readonly span_hash: bigint;
  /** Microseconds since 1970. */
  readonly stamp: bigint;
}
