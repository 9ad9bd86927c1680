import type { Micros, Process, Span } from '@spoor/model';
import { endsBefore } from '@spoor/platform';
import { type SpanWriter, StorageError, type StoredBatch, storedSpans } from '@spoor/storage-api';
import type { Session } from '../connection/session.ts';
import { addIndexRows } from '../rows/index-rows.ts';
import { PartitionedRows } from '../rows/partitioned-rows.ts';
import { int64, processColumns, spanColumns } from '../rows/span-columns.ts';
import type { OwnTables } from '../schema/own-tables.ts';
import type { ProcessColumns } from '../statements/columns.ts';
import { DELETE_SPAN } from '../statements/delete-span.ts';
import { INSERT_SPAN, type SpanRow } from '../statements/insert-span.ts';
import type { StoreCounts } from '../store-counts.ts';
import type { CassandraOptions } from '../store-options.ts';
import { ArrivalLog } from './arrival-log.ts';
import { NameCache } from './name-cache.ts';
import { writeNames } from './name-writer.ts';
import { SpanHashes } from './span-hashes.ts';
import { Stamps } from './stamps.ts';
import { writeAll, writeWhatCanBe } from './write-all.ts';

export interface WriterParts {
  readonly session: Session;
  readonly tables: OwnTables;
  readonly options: CassandraOptions;
  readonly counts: StoreCounts;
  readonly clock: () => Micros;
  readonly maxBytesUnderWay: number;
  readonly writeWithinMs: number;
}

/**
 * Writes batches, each in this order: what finds the spans, the spans, their arrival. So a batch that could not be written
 * to its end has mostly left rows that lead to nothing; the spans that are there already are taken back.
 */
export class CassandraWriter implements SpanWriter {
  private readonly parts: WriterParts;
  private readonly stamps: Stamps;
  private readonly hashes = new SpanHashes();
  private readonly names: NameCache;
  private readonly arrivals: ArrivalLog;
  private bytesUnderWay = 0;

  constructor(parts: WriterParts) {
    this.parts = parts;
    const { session, options, clock } = parts;
    this.stamps = new Stamps(clock);
    // A name is written again before it expires.
    const { writeCacheTtl, traceTtl } = options;
    const namesTtl = traceTtl > 0 ? Math.min(writeCacheTtl, traceTtl / 2) : writeCacheTtl;
    this.names = new NameCache(namesTtl, clock);
    this.arrivals = new ArrivalLog(session, options.traceTtl, clock);
  }

  /** Whoever brought what took too long brings it again, so it is taken back if it is stored in the end. */
  async write(stored: StoredBatch): Promise<void> {
    const spans = storedSpans(stored);
    if (spans.length === 0) return;
    const { length } = stored.batch.bytes;
    this.takeRoom(length);
    const late = new AbortController();
    const storing = this.store(stored, spans, late.signal).finally(() => {
      this.bytesUnderWay -= length;
    });
    const { writeWithinMs } = this.parts;
    if (await endsBefore(writeWithinMs, storing)) return;
    late.abort();
    throw lateError(writeWithinMs);
  }

  /** While nothing is under way, a batch of any size has room. */
  private takeRoom(bytes: number): void {
    const { maxBytesUnderWay } = this.parts;
    if (this.bytesUnderWay > 0 && this.bytesUnderWay + bytes > maxBytesUnderWay) {
      const text = `${this.bytesUnderWay} of ${maxBytesUnderWay} bytes are on their way to Cassandra`;
      throw new StorageError('full', `[cassandra] ${text}`);
    }
    this.bytesUnderWay += bytes;
  }

  private async store(
    stored: StoredBatch,
    spans: readonly Span[],
    late: AbortSignal,
  ): Promise<void> {
    const { session, tables, options, counts } = this.parts;
    const { startIndex, arrivals } = await tables.there();
    const stamp = this.stamps.take(spans.length);
    const rows = this.spanRows(spans, stamp);
    const index = new PartitionedRows();
    for (const [i, row] of rows.entries()) {
      addIndexRows(index, spans[i] as Span, row, { ...options.index, startIndex });
    }
    const [namesTooLong] = await Promise.all([
      writeNames(session, this.names, spans),
      writeAll(session, index.writes()),
    ]);
    if (late.aborted) return;
    counts.unindexedRows += index.tooLong + namesTooLong;
    const traces = new PartitionedRows();
    for (const row of rows) traces.add(INSERT_SPAN, row);
    try {
      await writeAll(session, traces.writes());
      if (arrivals) await this.arrivals.append(stored, int64(stamp));
      if (late.aborted) throw lateError(this.parts.writeWithinMs);
    } catch (error) {
      await this.takeBack(rows);
      throw error;
    }
  }

  private spanRows(spans: readonly Span[], firstStamp: Micros): SpanRow[] {
    const processes = new Map<Process, ProcessColumns>();
    return spans.map((span, i) => {
      let process = processes.get(span.process);
      if (process === undefined) {
        process = processColumns(span.process);
        processes.set(span.process, process);
      }
      const stamp = int64(firstStamp + i);
      return { ...spanColumns(span, process), span_hash: this.hashes.next(), stamp };
    });
  }

  /** What cannot be taken back stays, as spans that nobody was promised; it is counted. */
  private async takeBack(rows: readonly SpanRow[]): Promise<void> {
    const deletions = new PartitionedRows();
    for (const { trace_id, span_id, span_hash, stamp } of rows) {
      deletions.add(DELETE_SPAN, { trace_id, span_id, span_hash, stamp });
    }
    this.parts.counts.leftSpans += await writeWhatCanBe(this.parts.session, deletions.writes());
  }
}

function lateError(withinMs: number): StorageError {
  const text = `a batch was not stored within ${withinMs} ms`;
  return new StorageError('unavailable', `[cassandra] ${text}`);
}
