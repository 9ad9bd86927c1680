import type { RecordedRow } from '@spoor/fixtures';
import type { SpanColumns } from '../statements/columns.ts';

/** A recorded value as the driver gives it. */
export function column(name: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (/^0x/.test(value)) return Buffer.from(value.slice(2), 'hex');
    if (BIGINTS.has(name)) return /^-?\d+$/.test(value) ? BigInt(value) : new Date(value);
    if (TIMES.has(name)) return new Date(value);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => column('', item));
  if (typeof value === 'object' && value !== null) return columns(value as RecordedRow);
  return value;
}

export function columns(row: RecordedRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, column(name, value)]),
  );
}

export function recordedSpan(row: RecordedRow): SpanColumns {
  return columns(row) as unknown as SpanColumns;
}

const BIGINTS: ReadonlySet<string> = new Set([
  'span_id',
  'span_hash',
  'parent_id',
  'start_time',
  'duration',
  'value_long',
  // Of a log, in microseconds; that of dependencies is a time.
  'ts',
  'call_count',
]);
const TIMES: ReadonlySet<string> = new Set(['bucket', 'ts_bucket']);
