import type { StartRow, StartWindow } from './select-starts.ts';
import type { Select } from './statement.ts';

export interface TaggedRow extends StartRow {
  readonly span_id: bigint;
}

/** The spans of a service that have a tag, newest first, then by trace and span: lists in one order can be joined. */
export const SELECT_BY_TAG: Select<
  StartWindow & {
    readonly service_name: string;
    readonly tag_key: string;
    readonly tag_value: string;
  },
  TaggedRow
> = {
  cql: `SELECT start_time, trace_id, span_id FROM tag_index
        WHERE service_name = :service_name AND tag_key = :tag_key AND tag_value = :tag_value
          AND start_time >= :start_min AND start_time <= :start_max`,
};
