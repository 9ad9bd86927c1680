import type { Trace, TraceId } from '@spoor/model';
import { codeOfStatus, storageError } from './answer-error.ts';
import type { Connection } from './connection.ts';
import { type Hit, SEARCH_OPTIONS, type SearchAnswer, searchPages } from './search-request.ts';
import type { SpanHits } from './span-hits.ts';

interface MultiSearchAnswer {
  readonly responses: readonly (SearchAnswer & {
    readonly status: number;
    readonly error?: { readonly type: string; readonly reason: string };
  })[];
}

/** Traces a request; their answers are in memory together. */
const TRACES_AT_ONCE = 20;
/** Spans that a trace may have before it takes requests of its own. */
const FIRST_PAGE = 1000;
const SORT = [{ startTime: { order: 'asc', unmapped_type: 'long' } }];

/** Reads whole traces, many in one request, as Jaeger does. */
export class TraceReader {
  private readonly connection: Connection;
  private readonly hits: SpanHits;
  private readonly pageSize: number;

  constructor(connection: Connection, hits: SpanHits, pageSize: number) {
    this.connection = connection;
    this.hits = hits;
    this.pageSize = pageSize;
  }

  /** The traces in the order of their ids; those of which nothing is there, or can be read, are left out. */
  async read(traceIds: readonly TraceId[], indices: readonly string[]): Promise<Trace[]> {
    const traces: Trace[] = [];
    for (let at = 0; at < traceIds.length; at += TRACES_AT_ONCE) {
      const some = traceIds.slice(at, at + TRACES_AT_ONCE);
      const firstPages = await this.firstPages(some, indices);
      for (const [i, traceId] of some.entries()) {
        const { total, hits } = firstPages[i] ?? { total: 0, hits: [] };
        const all = total > hits.length ? await this.allPages(traceId, indices) : hits;
        const spans = this.hits.spans(all);
        if (spans.length > 0) traces.push({ traceId, spans, warnings: [] });
      }
    }
    return traces;
  }

  private async firstPages(
    traceIds: readonly TraceId[],
    indices: readonly string[],
  ): Promise<{ total: number; hits: readonly Hit[] }[]> {
    const size = Math.min(FIRST_PAGE, this.pageSize);
    const lines = traceIds.flatMap((traceId) => [
      { index: indices, ...SEARCH_OPTIONS },
      { query: traceQuery(traceId), size, sort: SORT, track_total_hits: true },
    ]);
    const { responses } = await this.connection.request<MultiSearchAnswer>({
      method: 'POST',
      path: '/_msearch',
      lines,
    });
    return responses.map(({ hits, error, status }) => {
      if (error)
        throw storageError(codeOfStatus(status, error.type), `${error.type}: ${error.reason}`);
      return { total: hits.total?.value ?? hits.hits.length, hits: hits.hits };
    });
  }

  private async allPages(traceId: TraceId, indices: readonly string[]): Promise<readonly Hit[]> {
    const body = { query: traceQuery(traceId), sort: SORT };
    const all: Hit[] = [];
    for await (const page of searchPages(this.connection, indices, body, this.pageSize)) {
      for (const hit of page) all.push(hit);
    }
    return all;
  }
}

/** Before version 1.16 Jaeger wrote ids without their leading zeros. */
function traceQuery(traceId: TraceId): object {
  const spellings = new Set([traceId, traceId.replace(/^0+(?=.)/, '')]);
  return { bool: { filter: [{ terms: { traceID: [...spellings] } }] } };
}
