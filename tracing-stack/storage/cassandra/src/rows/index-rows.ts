import type { Micros, Span } from '@spoor/model';
import { INSERT_DURATION_INDEX } from '../statements/insert-duration-index.ts';
import { INSERT_OPERATION_INDEX } from '../statements/insert-operation-index.ts';
import { INSERT_SERVICE_INDEX } from '../statements/insert-service-index.ts';
import type { SpanRow } from '../statements/insert-span.ts';
import { INSERT_START_INDEX } from '../statements/insert-start-index.ts';
import { INSERT_TAG_INDEX } from '../statements/insert-tag-index.ts';
import type { IndexOptions } from '../store-options.ts';
import type { PartitionedRows } from './partitioned-rows.ts';
import { FLAG_FIREHOSE, indexedTags } from './tag-index.ts';

/** Partitions over which Jaeger spreads a service. */
const SERVICE_BUCKETS = 10n;
const HOUR: Micros = 3_600_000_000;

/** Adds every row by which a search may find a span. */
export function addIndexRows(
  rows: PartitionedRows,
  span: Span,
  row: SpanRow,
  options: IndexOptions & { readonly startIndex: boolean },
): void {
  const { trace_id, span_id, operation_name, start_time, duration } = row;
  const { service_name } = row.process;
  const bucket = Number(BigInt.asUintN(64, row.span_hash) % SERVICE_BUCKETS);
  rows.add(INSERT_SERVICE_INDEX, { service_name, bucket, start_time, trace_id });
  rows.add(INSERT_OPERATION_INDEX, { service_name, operation_name, start_time, trace_id });
  if (options.startIndex) {
    const any = { any_operation: true, operation_name: '' };
    for (const operation of [any, { any_operation: false, operation_name }]) {
      rows.add(INSERT_START_INDEX, { service_name, ...operation, start_time, trace_id });
    }
  }
  for (const { key, value } of indexedTags(span, options)) {
    const tag = { service_name, tag_key: key, tag_value: value };
    rows.add(INSERT_TAG_INDEX, { ...tag, start_time, trace_id, span_id });
  }
  if (span.flags & FLAG_FIREHOSE) return;
  const hour = durationBucket(span.startTime);
  for (const name of ['', operation_name]) {
    const place = { service_name, operation_name: name, bucket: hour };
    rows.add(INSERT_DURATION_INDEX, { ...place, duration, start_time, trace_id });
  }
}

/** The hour next to a time, in milliseconds since 1970; the later one of two equally near, as Go rounds. */
export function durationBucket(time: Micros): bigint {
  return BigInt(Math.floor(time / HOUR + 0.5)) * 3_600_000n;
}

/** The first microsecond that goes into a bucket. */
export function bucketStart(bucket: bigint): Micros {
  return Number(bucket) * 1000 - HOUR / 2;
}
