import type { Blob, Write } from './statement.ts';

/**
 * Which traces a service has a span in, newest first. A busy service is spread over ten partitions. Two spans that start
 * in the same microsecond are one row in a partition: of two traces the index then knows one, which is why there is
 * `spoor_start_index` beside it.
 */
export const INSERT_SERVICE_INDEX: Write<{
  readonly service_name: string;
  /** 0 to 9: the span's hash modulo 10. */
  readonly bucket: number;
  readonly start_time: bigint;
  readonly trace_id: Blob;
}> = {
  cql: `INSERT INTO service_name_index (service_name, bucket, start_time, trace_id)
        VALUES (:service_name, :bucket, :start_time, :trace_id)`,
  partition: ['service_name', 'bucket'],
  clustering: ['start_time'],
};
