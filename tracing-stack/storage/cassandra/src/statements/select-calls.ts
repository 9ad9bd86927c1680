import type { SpanColumns } from './columns.ts';
import type { Blob, Select } from './statement.ts';

export type CallColumns = Pick<
  SpanColumns,
  'trace_id' | 'span_id' | 'parent_id' | 'start_time' | 'tags' | 'refs' | 'process'
>;

/** What says who called whom in a trace: a span without what takes the most room, its logs. */
export const SELECT_CALLS: Select<{ readonly trace_id: Blob }, CallColumns> = {
  cql: `SELECT trace_id, span_id, parent_id, start_time, tags, refs, process FROM traces
        WHERE trace_id = :trace_id`,
};
