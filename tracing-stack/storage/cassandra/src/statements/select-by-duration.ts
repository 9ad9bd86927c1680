import type { StartRow } from './select-starts.ts';
import type { Select } from './statement.ts';

/** What took so long in an hour: a slice of one partition, the longest first, whenever it was. */
export const SELECT_BY_DURATION: Select<
  {
    readonly service_name: string;
    /** Empty for any. */
    readonly operation_name: string;
    /** Milliseconds since 1970. */
    readonly bucket: bigint;
    readonly duration_min: bigint;
    readonly duration_max: bigint;
  },
  StartRow & { readonly duration: bigint }
> = {
  cql: `SELECT duration, start_time, trace_id FROM duration_index
        WHERE service_name = :service_name AND operation_name = :operation_name AND bucket = :bucket
          AND duration >= :duration_min AND duration <= :duration_max`,
};
