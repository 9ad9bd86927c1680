import type { Blob, Write } from './statement.ts';

/** The same for an operation of a service, in one partition; with the same loss. */
export const INSERT_OPERATION_INDEX: Write<{
  readonly service_name: string;
  readonly operation_name: string;
  readonly start_time: bigint;
  readonly trace_id: Blob;
}> = {
  cql: `INSERT INTO service_operation_index (service_name, operation_name, start_time, trace_id)
        VALUES (:service_name, :operation_name, :start_time, :trace_id)`,
  partition: ['service_name', 'operation_name'],
  clustering: ['start_time'],
};
