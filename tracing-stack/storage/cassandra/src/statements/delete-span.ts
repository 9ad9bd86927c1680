import type { SpanRow } from './insert-span.ts';
import type { Write } from './statement.ts';

/**
 * Takes a span of a refused batch back. The timestamp is that of its insertion: of equals a deletion wins, also over an
 * insertion that arrives after it.
 */
export const DELETE_SPAN: Write<Pick<SpanRow, 'trace_id' | 'span_id' | 'span_hash' | 'stamp'>> = {
  cql: `DELETE FROM traces USING TIMESTAMP :stamp
        WHERE trace_id = :trace_id AND span_id = :span_id AND span_hash = :span_hash`,
  partition: ['trace_id'],
  clustering: ['span_id', 'span_hash'],
};
