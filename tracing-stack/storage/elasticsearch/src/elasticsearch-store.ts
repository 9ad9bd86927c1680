import { closeDeadline, silentLogger } from '@spoor/platform';
import type { SamplingStore, SpanStore } from '@spoor/storage-api';
import { closedError } from './answer-error.ts';
import { ArrivalReader } from './arrival-reader.ts';
import { ElasticsearchCallSource } from './call-source.ts';
import { Connection } from './connection.ts';
import { type ElasticsearchArchive, openElasticsearchArchive } from './elasticsearch-archive.ts';
import { ElasticsearchDependencies } from './elasticsearch-dependencies.ts';
import { ElasticsearchReader } from './elasticsearch-reader.ts';
import { ElasticsearchSampling } from './elasticsearch-sampling.ts';
import { NameReader } from './name-reader.ts';
import { Setup } from './setup.ts';
import type { ElasticsearchStoreOptions } from './store-options.ts';
import { type StoreParts, storeParts } from './store-parts.ts';
import { type ElasticsearchStats, reportStats, storeStats } from './store-stats.ts';
import { StoreWriter } from './store-writer.ts';
import { readTagFields } from './tag-fields.ts';
import { templateKinds, templateOptions } from './templates.ts';
import { TraceSearch } from './trace-search.ts';

export interface ElasticsearchStore extends SpanStore {
  readonly stats: ElasticsearchStats;
}

/**
 * A span store in Elasticsearch 7 or 8, in the documents and indices of Jaeger, whose collector and query service can use
 * it at the same time. Opening it needs no server: calls answer `unavailable` until there is one.
 */
export async function openElasticsearchStore(
  options: ElasticsearchStoreOptions = {},
): Promise<ElasticsearchStore> {
  const fields = await readTagFields(options.tagsAsFields);
  const { archive, logger = silentLogger } = options;
  return new Store(
    storeParts(options, await Connection.of(options), fields),
    archive && (await openElasticsearchArchive(archive, options.indexPrefix, logger)),
  );
}

class Store implements ElasticsearchStore {
  readonly writer: StoreWriter;
  readonly reader: ElasticsearchReader;
  readonly stats: ElasticsearchStats;
  declare readonly sampling?: SamplingStore;
  declare readonly archive?: ElasticsearchArchive;
  readonly dependencies: ElasticsearchDependencies;
  private readonly connection: Connection;
  private readonly isReadOnly: boolean;
  private closing: Promise<void> | undefined;

  constructor(parts: StoreParts, archive: ElasticsearchArchive | undefined) {
    const { options, connection, refresher, own, hits } = parts;
    this.connection = connection;
    this.isReadOnly = options.readOnly ?? false;
    this.writer = new StoreWriter(parts);
    this.reader = reader(parts);
    this.dependencies = dependencies(parts);
    const { setup, rollback } = this.writer;
    if (!this.isReadOnly) {
      this.sampling = new ElasticsearchSampling(connection, setup, refresher, own.sampling);
    }
    if (archive) this.archive = archive;
    this.stats = storeStats(hits, rollback);
    if (options.metrics) reportStats(this.stats, options.metrics);
  }

  async check(): Promise<void> {
    if (this.closing) throw closedError();
    await this.connection.check();
    if (!this.isReadOnly) await this.writer.setup.ready();
  }

  /** Refuses new writes, and waits for those under way. */
  close(deadline = closeDeadline()): Promise<void> {
    this.closing ??= this.end(deadline);
    return this.closing;
  }

  private async end(deadline: AbortSignal): Promise<void> {
    await this.writer.close(deadline);
    await this.archive?.close(deadline);
    await this.connection.close(deadline);
  }
}

function reader(parts: StoreParts): ElasticsearchReader {
  const { connection, refresher, hits, fields, own, maxDocCount } = parts;
  return new ElasticsearchReader({
    refresher,
    search: new TraceSearch(connection, hits, fields, maxDocCount),
    traces: parts.traces,
    names: new NameReader(connection, maxDocCount),
    arrivals: new ArrivalReader(connection, refresher, own.arrivals, hits),
    spanIndices: parts.spanIndices,
    serviceIndices: parts.serviceIndices,
    operationIndex: own.operations,
    maxSpanAgeMs: parts.maxSpanAgeMs,
    clock: parts.clock,
  });
}

function dependencies(parts: StoreParts): ElasticsearchDependencies {
  const { options, connection, refresher, hits, spanIndices, dependencyIndices } = parts;
  return new ElasticsearchDependencies({
    connection,
    setup: new Setup(connection, {
      kinds: templateKinds(options, ['dependencies']),
      templates: templateOptions(options),
    }),
    refresher,
    indices: dependencyIndices,
    calls: new ElasticsearchCallSource({
      connection,
      refresher,
      hits,
      traceReader: parts.traces,
      spanIndices,
      dependencyIndices,
    }),
    pageSize: parts.maxDocCount,
  });
}
