import type { Blob } from './statement.ts';

/** A list: read as `null` if it is empty, and written as `undefined`, for a `null` would leave a tombstone. */
export type Listed<T> = readonly T[] | null | undefined;

/** Jaeger's user-defined type `keyvalue`: the value stands in the column of its type, the others are empty. */
export interface KeyValueColumns {
  readonly key: string;
  readonly value_type: string;
  readonly value_string: string;
  readonly value_bool: boolean;
  readonly value_long: bigint;
  readonly value_double: number;
  readonly value_binary: Blob | null;
}

/** `log`; `ts` in microseconds since 1970. */
export interface LogColumns {
  readonly ts: bigint;
  readonly fields: Listed<KeyValueColumns>;
}

/** `span_ref`; `ref_type` is `child-of` or `follows-from`. */
export interface ReferenceColumns {
  readonly ref_type: string;
  readonly trace_id: Blob;
  readonly span_id: bigint;
}

/** `process`. */
export interface ProcessColumns {
  readonly service_name: string;
  readonly tags: Listed<KeyValueColumns>;
}

/** A row of `traces`, as far as its span goes. Times in microseconds. */
export interface SpanColumns {
  readonly trace_id: Blob;
  readonly span_id: bigint;
  /** Of the parent, as Jaeger wrote it before it had references; 0 since. */
  readonly parent_id: bigint;
  readonly operation_name: string;
  readonly flags: number;
  readonly start_time: bigint;
  readonly duration: bigint;
  readonly tags: Listed<KeyValueColumns>;
  readonly logs: Listed<LogColumns>;
  readonly refs: Listed<ReferenceColumns>;
  readonly process: ProcessColumns;
}
