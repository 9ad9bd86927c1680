import type { Blob, Select } from './statement.ts';

/** When a trace has a span of what was asked for. */
export interface StartRow {
  readonly start_time: bigint;
  readonly trace_id: Blob;
}

/** Both ends included; microseconds since 1970. */
export interface StartWindow {
  readonly start_min: bigint;
  readonly start_max: bigint;
}

const WINDOW = 'start_time >= :start_min AND start_time <= :start_max';

/**
 * A service's spans, newest first, out of its ten partitions: the server merges them. A statement over several
 * partitions in one order cannot be paged, so the next page is asked for with the end of this one as `start_max`.
 */
export const SELECT_BY_SERVICE: Select<
  StartWindow & { readonly service_name: string; readonly count: number },
  StartRow
> = {
  cql: `SELECT start_time, trace_id FROM service_name_index
        WHERE bucket IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9) AND service_name = :service_name AND ${WINDOW}
        ORDER BY start_time DESC LIMIT :count`,
};

/** An operation's spans, newest first: one partition, read no further than somebody wants. */
export const SELECT_BY_OPERATION: Select<
  StartWindow & { readonly service_name: string; readonly operation_name: string },
  StartRow
> = {
  cql: `SELECT start_time, trace_id FROM service_operation_index
        WHERE service_name = :service_name AND operation_name = :operation_name AND ${WINDOW}`,
};

/** Either, from the table of ours that loses none. */
export const SELECT_BY_START: Select<
  StartWindow & {
    readonly service_name: string;
    readonly any_operation: boolean;
    readonly operation_name: string;
  },
  StartRow
> = {
  cql: `SELECT start_time, trace_id FROM spoor_start_index
        WHERE service_name = :service_name AND any_operation = :any_operation
          AND operation_name = :operation_name AND ${WINDOW}`,
};
