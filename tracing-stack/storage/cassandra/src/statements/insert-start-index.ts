import type { Blob, Write } from './statement.ts';

/**
 * What `service_name_index` and `service_operation_index` say, without their loss: the trace is part of the key, so that
 * traces which start in the same microsecond are all there. A table of ours; Jaeger does not look at it.
 */
export const INSERT_START_INDEX: Write<{
  readonly service_name: string;
  /** Whether the row stands for any operation; the name is empty then, which an operation's may be, too. */
  readonly any_operation: boolean;
  readonly operation_name: string;
  readonly start_time: bigint;
  readonly trace_id: Blob;
}> = {
  cql: `INSERT INTO spoor_start_index (service_name, any_operation, operation_name, start_time, trace_id)
        VALUES (:service_name, :any_operation, :operation_name, :start_time, :trace_id)`,
  partition: ['service_name', 'any_operation', 'operation_name'],
  clustering: ['start_time', 'trace_id'],
};
