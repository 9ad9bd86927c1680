import { parseTraceId, type TraceId } from '@spoor/model';
import { StorageError, type TraceQuery } from '@spoor/storage-api';
import { hasTags, RankedTraces, rankOf } from '@spoor/storage-api/search';
import type { Connection } from './connection.ts';
import { HEAD_FIELDS } from './document-span.ts';
import { type Hit, search, searchPages } from './search-request.ts';
import { type Conditions, spanConditions, type Unindexed } from './span-conditions.ts';
import type { SpanHits } from './span-hits.ts';
import type { TagFields } from './tag-fields.ts';

interface TraceBuckets {
  readonly traceIDs?: { readonly buckets: readonly { readonly key: string }[] };
}

/** Of buckets in an answer; by default a server makes 65,536 at most. */
const MOST_BUCKETS = 10_000;

/** Finds the ids of traces, in the query's order. */
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
    return conditions.unindexed || query.limit > MOST_BUCKETS
      ? this.scan(conditions, query, indices)
      : this.aggregate(conditions, query, indices);
  }

  /** One request: the traces with the highest ranked matches, counted where the documents are. */
  private async aggregate(
    conditions: Conditions,
    { limit, order }: TraceQuery,
    indices: readonly string[],
  ): Promise<TraceId[]> {
    const terms = { field: 'traceID', size: limit, order: [{ rank: 'desc' }] };
    const aggs = { rank: { max: { field: rankField(order) } } };
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

  /** Goes through the matches themselves, in the query's order, until the next one cannot change the result. */
  private async scan(
    { query, unindexed }: Conditions,
    { limit, order }: TraceQuery,
    indices: readonly string[],
  ): Promise<TraceId[]> {
    const found = new RankedTraces(limit);
    const body = {
      query,
      sort: [{ [rankField(order)]: { order: 'desc', unmapped_type: 'long' } }],
      ...(unindexed === undefined && { _source: HEAD_FIELDS }),
    };
    for await (const page of searchPages(this.connection, indices, body, this.pageSize)) {
      for (const hit of page) {
        const head = this.hits.head(hit);
        if (head === undefined) continue;
        const rank = rankOf(order, head.startTime, head.duration);
        if (found.isSettledBelow(rank)) return found.traceIds();
        if (unindexed === undefined || this.hasAll(hit, unindexed)) found.add(head.traceId, rank);
      }
    }
    return found.traceIds();
  }

  private hasAll(hit: Hit, { serviceName, operationName, tags }: Unindexed): boolean {
    const span = this.hits.span(hit);
    if (span === undefined) return false;
    if (serviceName !== undefined && serviceName !== span.process.serviceName) return false;
    if (operationName !== undefined && operationName !== span.operationName) return false;
    return hasTags(span, tags);
  }
}

function rankField(order: TraceQuery['order']): 'duration' | 'startTime' {
  return order === 'longest-first' ? 'duration' : 'startTime';
}
