import type { Connection } from './connection.ts';
import { pathOf } from './connection.ts';

export interface Hit {
  readonly _index: string;
  readonly _id: string;
  readonly _source?: unknown;
  readonly sort?: readonly unknown[];
  /** Where the search asked for them. */
  readonly _seq_no?: number;
  readonly _primary_term?: number;
}

export interface SearchAnswer<A = unknown> {
  readonly hits: { readonly total?: { readonly value: number }; readonly hits: readonly Hit[] };
  readonly aggregations?: A;
  readonly pit_id?: string;
}

/** Days without spans have no index. A search that reaches a part of its shards only would lose traces, so it fails. */
export const SEARCH_OPTIONS = { ignore_unavailable: true, allow_partial_search_results: false };

export function search<A>(
  connection: Connection,
  indices: readonly string[],
  body: object,
): Promise<SearchAnswer<A>> {
  const path = pathOf(indices, '_search');
  return connection.request({ method: 'POST', path, query: SEARCH_OPTIONS, body });
}

/** How long a search that takes several requests may pause. */
const KEEP_ALIVE = '1m';

/**
 * All hits of a search, page by page, as they were when it began. Of hits that sort alike none is left out or given twice,
 * which `search_after` alone cannot promise.
 */
export async function* searchPages(
  connection: Connection,
  indices: readonly string[],
  body: object,
  pageSize: number,
): AsyncGenerator<readonly Hit[]> {
  const query = { keep_alive: KEEP_ALIVE, ignore_unavailable: true };
  const path = pathOf(indices, '_pit');
  let { id } = await connection.request<{ id: string }>({ method: 'POST', path, query });
  try {
    let after: readonly unknown[] | undefined;
    for (;;) {
      const { hits, pit_id } = await connection.request<SearchAnswer>({
        method: 'POST',
        path: '/_search',
        query: { allow_partial_search_results: false },
        body: {
          ...body,
          size: pageSize,
          track_total_hits: false,
          pit: { id, keep_alive: KEEP_ALIVE },
          ...(after && { search_after: after }),
        },
      });
      id = pit_id ?? id;
      if (hits.hits.length > 0) yield hits.hits;
      after = hits.hits.at(-1)?.sort;
      if (hits.hits.length < pageSize || after === undefined) return;
    }
  } finally {
    // It would end by itself.
    await connection
      .request({ method: 'DELETE', path: '/_pit', body: { id } })
      .catch(() => undefined);
  }
}
