import { createHash } from 'node:crypto';
import type { Micros, Span, TraceId } from '@spoor/model';
import type { ArchiveStore, Calling, SpanReader, SpanWriter } from '@spoor/storage-api';
import { type StoredBatch, storedSpans } from '@spoor/storage-api';
import type { Session } from '../connection/session.ts';
import type { RowReader } from '../reading/row-reader.ts';
import { PartitionedRows } from '../rows/partitioned-rows.ts';
import { int64, processColumns, spanColumns } from '../rows/span-columns.ts';
import { INSERT_SPAN, type SpanRow } from '../statements/insert-span.ts';
import { Stamps } from '../writing/stamps.ts';
import { writeAll } from '../writing/write-all.ts';

export interface ArchiveParts {
  readonly session: Session;
  readonly rows: RowReader;
  readonly calling: Calling;
  readonly clock: () => Micros;
}

/**
 * Spans in the table `traces` of a keyspace of their own. A span's hash is made from what is in it, so that a trace which
 * is archived again is there once.
 */
export class CassandraArchive implements ArchiveStore {
  readonly writer: SpanWriter = { write: (stored) => this.write(stored) };
  readonly reader: Pick<SpanReader, 'trace'> = { trace: (traceId) => this.trace(traceId) };
  private readonly parts: ArchiveParts;
  private readonly stamps: Stamps;

  constructor(parts: ArchiveParts) {
    this.parts = parts;
    this.stamps = new Stamps(parts.clock);
  }

  private write(stored: StoredBatch): Promise<void> {
    return this.parts.calling(async () => {
      const spans = storedSpans(stored);
      const first = this.stamps.take(spans.length);
      const rows = new PartitionedRows();
      for (const [i, span] of spans.entries()) rows.add(INSERT_SPAN, spanRow(span, first + i));
      await writeAll(this.parts.session, rows.writes());
    });
  }

  private trace(traceId: TraceId) {
    return this.parts.calling(() => this.parts.rows.trace(traceId));
  }
}

function spanRow(span: Span, stamp: Micros): SpanRow {
  const columns = spanColumns(span, processColumns(span.process));
  const hash = createHash('sha256').update(JSON.stringify(columns, withBigints)).digest();
  return { ...columns, span_hash: hash.readBigInt64BE(), stamp: int64(stamp) };
}

function withBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
