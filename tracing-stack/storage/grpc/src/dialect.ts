import type { Trace, TraceId } from '@spoor/model';
import type { Arrivals, StoredBatch, TraceQuery } from '@spoor/storage-api';

/** What a server is asked in one way if it is ours, and in another if it speaks Jaeger's protocol alone. */
export interface Dialect {
  /** Rejects with the reason while the server's store cannot serve. */
  check(): Promise<void>;
  write(stored: StoredBatch): Promise<void>;
  findTraces(query: TraceQuery): Promise<Trace[]>;
  findTraceIds(query: TraceQuery): Promise<TraceId[]>;
  arrivals(cursor: string | undefined, limit: number): Promise<Arrivals>;
}
