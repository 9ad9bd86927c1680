import type { Micros, TraceId } from '@spoor/model';
import type { CallSource, TraceCalls } from '@spoor/storage-api';
import { type CallSpan, callSpan } from '@spoor/storage-api/dependencies';
import type { Connection } from './connection.ts';
import type { IndexNames } from './index-names.ts';
import type { Refresher } from './refresh.ts';
import { patiently } from './retrying.ts';
import { search, searchPages } from './search-request.ts';
import type { SpanHits } from './span-hits.ts';
import type { TraceReader } from './trace-reader.ts';

export interface CallSourceParts {
  readonly connection: Connection;
  readonly refresher: Refresher;
  readonly hits: SpanHits;
  readonly traceReader: TraceReader;
  readonly spanIndices: IndexNames;
  readonly dependencyIndices: IndexNames;
}

/** Spans a request. */
const PAGE = 1000;
/** Most traces lie within so much of the time that is asked for, and need not be read again for what is missing. */
const AROUND: Micros = 60_000_000;
/** A call needs nothing of these, which are the most of a span. */
const EXCLUDED = ['logs', 'process.tags', 'process.tag'];

/** Reads the spans of a time in the order of their trace ids, so that those of one trace come together. */
export class ElasticsearchCallSource implements CallSource {
  private readonly parts: CallSourceParts;

  constructor(parts: CallSourceParts) {
    this.parts = parts;
  }

  async *traces(from: Micros, until: Micros): AsyncGenerator<TraceCalls> {
    let traceId: TraceId | undefined;
    let spans: CallSpan[] = [];
    for await (const span of this.spansByTrace(from - AROUND, until + AROUND)) {
      if (traceId !== undefined && span.traceId !== traceId) {
        yield { traceId, spans, isWhole: false };
        spans = [];
      }
      traceId = span.traceId;
      spans.push(callSpan(span));
    }
    if (traceId !== undefined) yield { traceId, spans, isWhole: false };
  }

  async trace(traceId: TraceId): Promise<readonly CallSpan[]> {
    const { traceReader, spanIndices } = this.parts;
    const [trace] = await traceReader.read([traceId], spanIndices.all());
    return trace?.spans.map(callSpan) ?? [];
  }

  async newest(since: Micros): Promise<Micros | undefined> {
    const { connection, refresher, dependencyIndices } = this.parts;
    const indices = dependencyIndices.all();
    return patiently(async () => {
      await refresher.refresh(indices);
      const { hits } = await search(connection, indices, {
        size: 1,
        track_total_hits: false,
        query: { range: { timestamp: { gt: new Date(since / 1000).toISOString() } } },
        sort: [{ timestamp: { order: 'desc', unmapped_type: 'date' } }],
      });
      const newest = hits.hits[0]?.sort?.[0];
      return newest === undefined ? undefined : 1000 * Number(newest);
    });
  }

  private async *spansByTrace(from: Micros, until: Micros) {
    const { connection, refresher, hits, spanIndices } = this.parts;
    const indices = spanIndices.forReading(from, until);
    await patiently(() => refresher.refresh(indices));
    const body = {
      query: { range: { startTime: { gte: Math.ceil(from), lt: Math.ceil(until) } } },
      sort: [{ traceID: { order: 'asc', unmapped_type: 'keyword' } }],
      _source: { excludes: EXCLUDED },
    };
    for await (const page of searchPages(connection, indices, body, PAGE)) {
      for (const hit of page) {
        const span = hits.span(hit);
        if (span) yield span;
      }
    }
  }
}
