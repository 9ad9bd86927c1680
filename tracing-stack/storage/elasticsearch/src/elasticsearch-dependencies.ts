import type { Micros } from '@spoor/model';
import type { CallSource, DependencyLink, DependencyStore } from '@spoor/storage-api';
import { LinkCounts } from '@spoor/storage-api/dependencies';
import { type Connection, pathOf } from './connection.ts';
import type { IndexNames } from './index-names.ts';
import type { Refresher } from './refresh.ts';
import { patiently } from './retrying.ts';
import { type Hit, search, searchPages } from './search-request.ts';
import type { Setup } from './setup.ts';

/** A document of `jaeger-dependencies-…`, as Jaeger's own job writes it. */
interface DependenciesDocument {
  readonly timestamp: string;
  readonly dependencies: readonly {
    readonly parent: string;
    readonly child: string;
    readonly callCount: number | bigint;
    readonly source?: string;
  }[];
}

export interface DependencyParts {
  readonly connection: Connection;
  readonly setup: Setup;
  readonly refresher: Refresher;
  readonly indices: IndexNames;
  readonly calls: CallSource;
  readonly pageSize: number;
}

/** What Jaeger's job names as the source of a link. */
const SOURCE = 'jaeger';

/** Who called whom, in Jaeger's documents. A document's id is its timestamp's, so that it is replaced. */
export class ElasticsearchDependencies implements DependencyStore {
  readonly calls: CallSource;
  private readonly parts: DependencyParts;

  constructor(parts: DependencyParts) {
    this.parts = parts;
    this.calls = parts.calls;
  }

  async read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]> {
    const { connection, refresher, indices, pageSize } = this.parts;
    const startTs = endTs - lookback;
    const asked = indices.forReading(startTs, Math.max(startTs, endTs));
    const range = {
      gte: isoTime(Math.ceil(startTs / 1000)),
      lte: isoTime(Math.floor(endTs / 1000)),
    };
    const body = {
      query: { range: { timestamp: range } },
      sort: [{ timestamp: { order: 'asc', unmapped_type: 'date' } }],
    };
    return patiently(async () => {
      await refresher.refresh(asked);
      const links = new LinkCounts();
      for await (const page of searchPages(connection, asked, body, pageSize)) {
        for (const hit of page) {
          for (const { parent, child, callCount } of linksIn(hit)) {
            links.add({ parent, child }, Number(callCount));
          }
        }
      }
      return links.all();
    });
  }

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    const { connection, setup, indices } = this.parts;
    const ms = Math.floor(timestamp / 1000);
    const body: DependenciesDocument = {
      timestamp: isoTime(ms),
      dependencies: links.map((link) => ({ ...link, source: SOURCE })),
    };
    await setup.ready();
    const id = `spoor-${ms}`;
    const index = indices.forWriting(timestamp);
    const written = await connection.request<{ _index: string }>({
      method: 'PUT',
      path: pathOf([index], `_doc/${id}`),
      query: { require_alias: indices.areAliases },
      body,
    });
    await this.removeElsewhere(id, timestamp, written._index);
  }

  /** Behind an alias the same document may be in an index that was written to before. */
  private async removeElsewhere(id: string, timestamp: Micros, index: string): Promise<void> {
    const { connection, refresher, indices } = this.parts;
    if (!indices.areAliases) return;
    const asked = indices.forReading(timestamp, timestamp);
    await refresher.refresh(asked);
    const { hits } = await search(connection, asked, { query: { ids: { values: [id] } } });
    const others = hits.hits.filter(({ _index }) => _index !== index);
    const lines = others.map(({ _index, _id }) => ({ delete: { _index, _id } }));
    if (lines.length > 0) await connection.request({ method: 'POST', path: '/_bulk', lines });
  }
}

function linksIn({ _source }: Hit): DependenciesDocument['dependencies'] {
  return (_source as Partial<DependenciesDocument>).dependencies ?? [];
}

/** Of the years that a date in Elasticsearch may have. */
function isoTime(ms: number): string {
  return new Date(Math.min(Math.max(ms, 0), Date.UTC(9999, 0))).toISOString();
}
