import type { Blob, Write } from './statement.ts';

/** Which spans of a service have a tag, newest first. It names the span, so two tags can be asked of one span. */
export const INSERT_TAG_INDEX: Write<{
  readonly service_name: string;
  readonly tag_key: string;
  readonly tag_value: string;
  readonly start_time: bigint;
  readonly trace_id: Blob;
  readonly span_id: bigint;
}> = {
  cql: `INSERT INTO tag_index (service_name, tag_key, tag_value, start_time, trace_id, span_id)
        VALUES (:service_name, :tag_key, :tag_value, :start_time, :trace_id, :span_id)`,
  partition: ['service_name', 'tag_key', 'tag_value'],
  clustering: ['start_time', 'trace_id', 'span_id'],
};
