import type { SpanColumns } from './columns.ts';
import type { Blob, Select } from './statement.ts';

/** A row of `traces`, and when it arrived: whoever wrote it gave it that timestamp. */
export interface StoredSpanRow extends SpanColumns {
  readonly arrived: bigint;
}

const COLUMNS = `trace_id, span_id, parent_id, operation_name, flags, start_time, duration, tags, logs, refs, process,
          writetime(start_time) AS arrived`;

/** All of a trace: one partition. It comes in the order of span ids, and is put in that of arrival afterwards. */
export const SELECT_TRACE: Select<{ readonly trace_id: Blob }, StoredSpanRow> = {
  cql: `SELECT ${COLUMNS} FROM traces WHERE trace_id = :trace_id`,
};

/** The spans with one id, mostly one: what an index named, read to see whether the rest of a search holds for it. */
export const SELECT_SPAN: Select<
  { readonly trace_id: Blob; readonly span_id: bigint },
  StoredSpanRow
> = {
  cql: `SELECT ${COLUMNS} FROM traces WHERE trace_id = :trace_id AND span_id = :span_id`,
};

/** Whether there is anything of a trace: an index may know it before, and without, its spans. */
export const SELECT_TRACE_ID: Select<{ readonly trace_id: Blob }, { readonly trace_id: Blob }> = {
  cql: 'SELECT trace_id FROM traces WHERE trace_id = :trace_id LIMIT 1',
};
