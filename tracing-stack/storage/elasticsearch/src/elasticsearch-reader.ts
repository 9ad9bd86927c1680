import type { Trace, TraceId } from '@spoor/model';
import type {
  Arrivals,
  Operation,
  OperationQuery,
  SpanReader,
  TraceQuery,
} from '@spoor/storage-api';
import type { ArrivalReader } from './arrival-reader.ts';
import type { IndexNames } from './index-names.ts';
import type { NameReader } from './name-reader.ts';
import type { Refresher } from './refresh.ts';
import { patiently } from './retrying.ts';
import type { TraceReader } from './trace-reader.ts';
import type { TraceSearch } from './trace-search.ts';

export interface ReaderParts {
  readonly refresher: Refresher;
  readonly search: TraceSearch;
  readonly traces: TraceReader;
  readonly names: NameReader;
  readonly arrivals: ArrivalReader;
  readonly spanIndices: IndexNames;
  readonly serviceIndices: IndexNames;
  /** Where our own documents of operations are. */
  readonly operationIndex: string;
  readonly maxSpanAgeMs: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** How far a trace may go beyond the window of a search, and how far the clocks of those who report may be ahead. */
const DAY_MS = 86_400_000;

/** Answers from the indices of the time that a question is about. */
export class ElasticsearchReader implements SpanReader {
  private readonly parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.parts = parts;
  }

  services(): Promise<string[]> {
    return patiently(async () => {
      const { indices, since } = await this.nameIndices();
      return this.parts.names.services(indices, since);
    });
  }

  operations(query: OperationQuery): Promise<Operation[]> {
    return patiently(async () => {
      const { indices, since } = await this.nameIndices();
      return this.parts.names.operations(indices, since, query);
    });
  }

  /** Looks everywhere: the spans of a trace may have any date. */
  async trace(traceId: TraceId): Promise<Trace | undefined> {
    const [trace] = await this.read([traceId], this.parts.spanIndices.all());
    return trace;
  }

  async findTraces(query: TraceQuery): Promise<Trace[]> {
    const traceIds = await this.findTraceIds(query);
    if (traceIds.length === 0) return [];
    const { startTimeMin, startTimeMax } = query;
    const indices = this.parts.spanIndices.forReading(
      startTimeMin - 1000 * DAY_MS,
      startTimeMax + 1000 * DAY_MS,
    );
    return this.read(traceIds, indices);
  }

  private read(traceIds: readonly TraceId[], indices: readonly string[]): Promise<Trace[]> {
    return patiently(async () => {
      await this.parts.refresher.refresh(indices);
      return this.parts.traces.read(traceIds, indices);
    });
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    const { startTimeMin, startTimeMax, limit } = query;
    const indices = this.parts.spanIndices.forReading(
      startTimeMin,
      Math.max(startTimeMin, startTimeMax),
    );
    return patiently(async () => {
      await this.parts.refresher.refresh(indices);
      if (limit <= 0 || startTimeMin > startTimeMax) return [];
      return this.parts.search.find(query, indices);
    });
  }

  arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    return patiently(() => this.parts.arrivals.read(cursor, limit));
  }

  /** Where names of the time that counts are, ready to be searched. */
  private async nameIndices(): Promise<{ indices: readonly string[]; since: number }> {
    const { clock, maxSpanAgeMs, serviceIndices, operationIndex, refresher } = this.parts;
    const since = Math.max(0, clock() - maxSpanAgeMs);
    const ofJaeger = serviceIndices.forReading(
      1000 * (clock() - maxSpanAgeMs),
      1000 * (clock() + DAY_MS),
    );
    const indices = [...ofJaeger, operationIndex];
    await refresher.refresh(indices);
    return { indices, since };
  }
}
