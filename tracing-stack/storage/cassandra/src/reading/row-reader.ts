import type { Micros, Span, Trace, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import type { Session } from '../connection/session.ts';
import { spanOf, traceIdBlob } from '../rows/span-columns.ts';
import {
  SELECT_SPAN,
  SELECT_TRACE,
  SELECT_TRACE_ID,
  type StoredSpanRow,
} from '../statements/select-spans.ts';
import type { StoreCounts } from '../store-counts.ts';

/** Reads spans out of `traces`. A row that cannot be read is counted, the first one is logged, and it is left out. */
export class RowReader {
  private readonly session: Session;
  private readonly counts: StoreCounts;
  private readonly logger: Logger;

  constructor(session: Session, counts: StoreCounts, logger: Logger) {
    this.session = session;
    this.counts = counts;
    this.logger = logger;
  }

  /** The whole trace, in order of arrival. */
  async trace(traceId: TraceId): Promise<Trace | undefined> {
    const spans = await this.spans(
      this.session.rows(SELECT_TRACE, { trace_id: traceIdBlob(traceId) }),
    );
    return spans.length === 0 ? undefined : { traceId, spans, warnings: [] };
  }

  /** The spans with one id. */
  withId(trace_id: Buffer, span_id: bigint): Promise<Span[]> {
    return this.spans(this.session.rows(SELECT_SPAN, { trace_id, span_id }));
  }

  /** Whether a trace has any span. */
  async isThere(traceId: TraceId): Promise<boolean> {
    const rows = await this.session.all(SELECT_TRACE_ID, { trace_id: traceIdBlob(traceId) });
    return rows.length > 0;
  }

  /** What `read` gives, unless it throws. */
  readable<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (this.counts.unreadableRows++ === 0) {
        const message = 'a row cannot be read, left out (further ones are counted only)';
        this.logger.error({ err: error }, message);
      }
      return undefined;
    }
  }

  private async spans(rows: AsyncIterable<StoredSpanRow>): Promise<Span[]> {
    const arrived: { readonly span: Span; readonly at: Micros }[] = [];
    for await (const row of rows) {
      const span = this.readable(() => spanOf(row));
      if (span) arrived.push({ span, at: Number(row.arrived) });
    }
    return arrived.sort((a, b) => a.at - b.at).map(({ span }) => span);
  }
}
