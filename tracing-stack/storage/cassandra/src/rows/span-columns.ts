import {
  type KeyValue,
  type Log,
  type Micros,
  type Process,
  type Reference,
  type ReferenceType,
  type Span,
  spanIdFromInt64,
  spanIdToInt64,
  type TraceId,
  traceIdFromBytes,
  traceIdToBytes,
  ZERO_SPAN_ID,
} from '@spoor/model';
import type {
  KeyValueColumns,
  Listed,
  LogColumns,
  ProcessColumns,
  ReferenceColumns,
  SpanColumns,
} from '../statements/columns.ts';
import type { Blob } from '../statements/statement.ts';
import { keyValueColumns, keyValueOf } from './value-columns.ts';

/** Jaeger keeps the warnings of a span as tags that begin so, numbered from 1. */
const WARNING = '$$span.warning.';

const REFERENCE_TYPES: Readonly<Record<ReferenceType, string>> = {
  CHILD_OF: 'child-of',
  FOLLOWS_FROM: 'follows-from',
};

/** A span as Jaeger lays it out in `traces`. */
export function spanColumns(span: Span, process: ProcessColumns): SpanColumns {
  const warnings = span.warnings.map(
    (value, i): KeyValue => ({ key: `${WARNING}${i + 1}`, type: 'string', value }),
  );
  return {
    trace_id: traceIdBlob(span.traceId),
    span_id: spanIdToInt64(span.spanId),
    parent_id: 0n,
    operation_name: span.operationName,
    flags: span.flags | 0,
    start_time: int64(span.startTime),
    duration: int64(span.duration),
    tags: list([...span.tags, ...warnings].map(keyValueColumns)),
    logs: list(span.logs.map(logColumns)),
    refs: list(span.references.map(referenceColumns)),
    process,
  };
}

export function processColumns({ serviceName, tags }: Process): ProcessColumns {
  return { service_name: serviceName, tags: tags.map(keyValueColumns) };
}

export function traceIdBlob(traceId: TraceId): Blob {
  return Buffer.from(traceIdToBytes(traceId));
}

/** Microseconds as a bigint; what is beyond 64 bits is their end. */
export function int64(micros: Micros): bigint {
  if (micros >= 2 ** 63) return 2n ** 63n - 1n;
  if (micros < -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.floor(micros));
}

/** The span of a row. Throws `RangeError` for what Jaeger never writes. */
export function spanOf(row: SpanColumns): Span {
  const traceId = traceIdFromBytes(row.trace_id);
  const tags = row.tags ?? [];
  return {
    traceId,
    spanId: spanIdFromInt64(row.span_id),
    operationName: row.operation_name,
    references: withParent(traceId, row.parent_id, (row.refs ?? []).map(referenceOf)),
    flags: row.flags >>> 0,
    startTime: Number(row.start_time),
    duration: Number(row.duration),
    tags: tags.filter((tag) => !isWarning(tag)).map(keyValueOf),
    logs: (row.logs ?? []).map(logOf),
    process: {
      serviceName: row.process.service_name,
      tags: (row.process.tags ?? []).map(keyValueOf),
    },
    warnings: tags.filter(isWarning).map(({ value_string }) => value_string),
  };
}

function isWarning({ key }: KeyValueColumns): boolean {
  return key.startsWith(WARNING);
}

function logColumns({ timestamp, fields }: Log): LogColumns {
  return { ts: int64(timestamp), fields: fields.map(keyValueColumns) };
}

function logOf({ ts, fields }: LogColumns): Log {
  return { timestamp: Number(ts), fields: (fields ?? []).map(keyValueOf) };
}

function referenceColumns({ refType, traceId, spanId }: Reference): ReferenceColumns {
  return {
    ref_type: REFERENCE_TYPES[refType],
    trace_id: traceIdBlob(traceId),
    span_id: spanIdToInt64(spanId),
  };
}

function referenceOf({ ref_type, trace_id, span_id }: ReferenceColumns): Reference {
  const spanId = spanIdFromInt64(span_id);
  for (const refType of ['CHILD_OF', 'FOLLOWS_FROM'] as const) {
    if (REFERENCE_TYPES[refType] === ref_type) {
      return { refType, traceId: traceIdFromBytes(trace_id), spanId };
    }
  }
  throw new RangeError(`a reference of type ${JSON.stringify(ref_type)}`);
}

/** Rows from before Jaeger had references name the parent alone. */
function withParent(traceId: TraceId, parentId: bigint, references: Reference[]): Reference[] {
  const spanId = spanIdFromInt64(parentId);
  const isThere = references.some((known) => known.traceId === traceId && known.spanId === spanId);
  if (spanId === ZERO_SPAN_ID || isThere) return references;
  return [{ refType: 'CHILD_OF', traceId, spanId }, ...references];
}

function list<T>(items: readonly T[]): Listed<T> {
  return items.length === 0 ? undefined : items;
}
