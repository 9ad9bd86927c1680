import type { Blob, Write } from './statement.ts';

/**
 * Spans by how long they took, longest first, in partitions of an hour. Each span has two rows: under its operation, and
 * under an empty one, which stands for all operations of the service.
 */
export const INSERT_DURATION_INDEX: Write<{
  readonly service_name: string;
  readonly operation_name: string;
  /** The hour next to the start, in milliseconds since 1970. */
  readonly bucket: bigint;
  readonly duration: bigint;
  readonly start_time: bigint;
  readonly trace_id: Blob;
}> = {
  cql: `INSERT INTO duration_index (service_name, operation_name, bucket, duration, start_time, trace_id)
        VALUES (:service_name, :operation_name, :bucket, :duration, :start_time, :trace_id)`,
  partition: ['service_name', 'operation_name', 'bucket'],
  clustering: ['duration', 'start_time', 'trace_id'],
};
