import { parseTraceId, type Span, type TraceId } from '@spoor/model';
import { StorageError, type TraceQuery } from '@spoor/storage-api';
import { hasTags, NewestTraces } from '@spoor/storage-api/search';
import type { Connection } from './connection.ts';
import { search, searchPages } from './search-request.ts';
import { type Conditions, spanConditions } from './span-conditions.ts';
import type { SpanHits } from './span-hits.ts';
import type { TagFields } from './tag-fields.ts';

interface TraceBuckets {
  readonly traceIDs?: { readonly buckets: readonly { readonly key: string }[] };
}

/** Of buckets in an answer; by default a server makes 65,536 at most. */
const MOST_BUCKETS = 10_000;

/** Finds the ids of traces, the newest match first. */
export class TraceSearch {
  private readonly connection: Connection;
  private readonly hits: SpanHits;
  private readonly fields: TagFields;
  private readonly pageSize: number;

  constructor(connection: Connection, hits: SpanHits, fields: TagFields, pageSize: number) {
    this.connection = connection;
    this.hits = hits;
    this.fields = fields;
    this.pageSize = pageSize;
  }

  async find(query: TraceQuery, indices: readonly string[]): Promise<TraceId[]> {
    const conditions = spanConditions(query, this.fields);
    try {
      return await this.findBy(conditions, query, indices);
    } catch (error) {
      // What is no regular expression may still be what a tag says.
      const mayBeBad = error instanceof StorageError && error.code === 'unsupported';
      if (!mayBeBad || !conditions.hasExpressions) throw error;
      return this.findBy(spanConditions(query, this.fields, true), query, indices);
    }
  }

  private findBy(
    conditions: Conditions,
    query: TraceQuery,
    indices: readonly string[],
  ): Promise<TraceId[]> {
    return conditions.mustVerify || query.limit > MOST_BUCKETS
      ? this.scan(conditions, query, indices)
      : this.aggregate(conditions, query, indices);
  }

  /** One request: the traces with the newest matches, counted where the documents are. */
  private async aggregate(
    conditions: Conditions,
    { limit }: TraceQuery,
    indices: readonly string[],
  ): Promise<TraceId[]> {
    const terms = { field: 'traceID', size: limit, order: [{ startTime: 'desc' }] };
    const aggs = { startTime: { max: { field: 'startTime' } } };
    const { aggregations } = await search<TraceBuckets>(this.connection, indices, {
      size: 0,
      track_total_hits: false,
      query: conditions.query,
      aggs: { traceIDs: { terms, aggs } },
    });
    const buckets = aggregations?.traceIDs?.buckets ?? [];
    const ids = buckets.map(({ key }) => parseTraceId(key)).filter((id) => id !== undefined);
    return [...new Set(ids)];
  }

  /** Looks at the matches themselves, newest first, until the next one cannot change the result. */
  private async scan(
    conditions: Conditions,
    query: TraceQuery,
    indices: readonly string[],
  ): Promise<TraceId[]> {
    const found = new NewestTraces(query.limit);
    const body = { query: conditions.query, sort: [{ startTime: { order: 'desc' } }] };
    for await (const page of searchPages(this.connection, indices, body, this.pageSize)) {
      for (const hit of page) {
        const span = this.hits.span(hit);
        if (span === undefined) continue;
        if (found.isSettledBefore(span.startTime)) return found.traceIds();
        if (isMatch(span, query)) found.add(span.traceId, span.startTime);
      }
    }
    return found.traceIds();
  }
}

/** What the index leaves open. Times it has looked at. */
function isMatch(span: Span, { serviceName, operationName, tags }: TraceQuery): boolean {
  if (serviceName !== undefined && serviceName !== span.process.serviceName) return false;
  if (operationName !== undefined && operationName !== span.operationName) return false;
  return hasTags(span, tags);
}
