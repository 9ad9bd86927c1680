import { closeDeadline, type Logger, WRITE_WITHIN_MS } from '@spoor/platform';
import { OpenCalls, type SamplingStore, type SpanStore, type SpanWriter } from '@spoor/storage-api';
import { closedError } from './answer-error.ts';
import { ArrivalLog } from './arrival-log.ts';
import { ArrivalReader } from './arrival-reader.ts';
import { BatchIds } from './batch-id.ts';
import { BatchWriter } from './batch-writer.ts';
import { BulkQueue } from './bulk-queue.ts';
import { ElasticsearchCallSource } from './call-source.ts';
import { Connection } from './connection.ts';
import { type ElasticsearchArchive, openElasticsearchArchive } from './elasticsearch-archive.ts';
import { ElasticsearchDependencies } from './elasticsearch-dependencies.ts';
import { ElasticsearchReader } from './elasticsearch-reader.ts';
import { ElasticsearchSampling } from './elasticsearch-sampling.ts';
import { IndexNames } from './index-names.ts';
import { KnownNames } from './known-names.ts';
import { NameDocuments } from './name-documents.ts';
import { NameReader } from './name-reader.ts';
import { ownIndexRequests, ownIndices } from './own-indices.ts';
import { ARRIVALS_KEPT_MS, Pruning } from './pruning.ts';
import { Refresher } from './refresh.ts';
import { Retries } from './retrying.ts';
import { Rollback } from './rollback.ts';
import { Setup } from './setup.ts';
import { SpanHits } from './span-hits.ts';
import {
  DEFAULT_BULK,
  DEFAULT_MAX_DOC_COUNT,
  DEFAULT_MAX_SPAN_AGE_MS,
  DEFAULT_SERVICE_CACHE_TTL_MS,
  type ElasticsearchStoreOptions,
  REQUEST_TIMEOUT_MS,
} from './store-options.ts';
import { type ElasticsearchStats, reportStats } from './store-stats.ts';
import { readTagFields, type TagFields } from './tag-fields.ts';
import { templateOptions } from './templates.ts';
import { TraceReader } from './trace-reader.ts';
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
  const { archive, logger = silent } = options;
  return new Store(
    options,
    await Connection.of(options),
    fields,
    archive && (await openElasticsearchArchive(archive, options.indexPrefix, logger)),
  );
}

class Store implements ElasticsearchStore {
  readonly writer: SpanWriter;
  readonly reader: ElasticsearchReader;
  readonly stats: ElasticsearchStats;
  declare readonly sampling?: SamplingStore;
  declare readonly archive?: ElasticsearchArchive;
  readonly dependencies: ElasticsearchDependencies;
  private readonly connection: Connection;
  private readonly setup: Setup;
  private readonly bulk: BulkQueue;
  private readonly rollback: Rollback;
  private readonly pruning: Pruning;
  private readonly isReadOnly: boolean;
  private readonly writes = new OpenCalls(closedError);
  private closing: Promise<void> | undefined;

  constructor(
    options: ElasticsearchStoreOptions,
    connection: Connection,
    fields: TagFields,
    archive: ElasticsearchArchive | undefined,
  ) {
    const { clock = Date.now, logger = silent, maxSpanAgeMs = DEFAULT_MAX_SPAN_AGE_MS } = options;
    this.connection = connection;
    this.isReadOnly = options.readOnly ?? false;
    const naming = namingOf(options);
    const spanIndices = new IndexNames('jaeger-span', {
      ...naming,
      rollover: options.spanRollover ?? 'day',
    });
    const serviceIndices = new IndexNames('jaeger-service', {
      ...naming,
      rollover: options.serviceRollover ?? 'day',
    });
    const own = ownIndices(naming.prefix);
    const hits = new SpanHits(fields, logger);
    const retries = new Retries();
    const limits = { ...DEFAULT_BULK, ...options.bulk };
    const withinMs = options.writeWithinMs ?? WRITE_WITHIN_MS;
    // If there is no answer, there is time for another try.
    const requestMs = Math.min(options.timeoutMs || REQUEST_TIMEOUT_MS, withinMs / 2);
    this.bulk = new BulkQueue(connection, limits, retries, requestMs);
    this.rollback = new Rollback(connection, logger);
    const aging = [
      { index: own.arrivals, field: 'time', keptMs: ARRIVALS_KEPT_MS },
      { index: own.operations, field: 'seen', keptMs: maxSpanAgeMs },
    ];
    this.pruning = new Pruning(connection, aging, clock, logger);
    const templates = templateOptions(options);
    // With a life cycle, whoever manages it has made templates that ours would replace.
    const createTemplates = (options.createTemplates ?? true) && !templates.useIlm;
    this.setup = new Setup(connection, {
      ready: () => this.pruning.start(),
      kinds: createTemplates ? ['span', 'service'] : [],
      templates,
      indices: ownIndexRequests(own, templates.replicas),
    });
    // A name is written again before it is too old to be listed.
    const ttl = Math.min(
      options.serviceCacheTtlMs || DEFAULT_SERVICE_CACHE_TTL_MS,
      maxSpanAgeMs / 2,
    );
    const names = new NameDocuments(
      serviceIndices,
      own.operations,
      new KnownNames(ttl, clock),
      clock,
    );
    const writer = new BatchWriter({
      setup: this.setup,
      bulk: this.bulk,
      arrivals: new ArrivalLog(connection, own.arrivals, { retries, clock, timeoutMs: requestMs }),
      rollback: this.rollback,
      spanIndices,
      names,
      fields,
      ids: new BatchIds(clock),
      withinMs,
    });
    this.writer = { write: (stored) => this.writes.calling(() => writer.write(stored)) };
    const refresher = new Refresher(connection, logger);
    const maxDocCount = options.maxDocCount ?? DEFAULT_MAX_DOC_COUNT;
    const traces = new TraceReader(connection, hits, maxDocCount);
    this.reader = new ElasticsearchReader({
      refresher,
      search: new TraceSearch(connection, hits, fields, maxDocCount),
      traces,
      names: new NameReader(connection, maxDocCount),
      arrivals: new ArrivalReader(connection, refresher, own.arrivals, hits),
      spanIndices,
      serviceIndices,
      operationIndex: own.operations,
      maxSpanAgeMs,
      clock,
    });
    if (!this.isReadOnly) {
      this.sampling = new ElasticsearchSampling(connection, this.setup, refresher, own.sampling);
    }
    const dependencyIndices = new IndexNames('jaeger-dependencies', { ...naming, rollover: 'day' });
    this.dependencies = new ElasticsearchDependencies({
      connection,
      setup: new Setup(connection, { kinds: createTemplates ? ['dependencies'] : [], templates }),
      refresher,
      indices: dependencyIndices,
      calls: new ElasticsearchCallSource({
        connection,
        refresher,
        hits,
        traceReader: traces,
        spanIndices,
        dependencyIndices,
      }),
      pageSize: maxDocCount,
    });
    if (archive) this.archive = archive;
    const { rollback } = this;
    this.stats = {
      get unreadableDocuments() {
        return hits.unreadable;
      },
      get leftBehindDocuments() {
        return rollback.leftBehind;
      },
    };
    if (options.metrics) reportStats(this.stats, options.metrics);
  }

  async check(): Promise<void> {
    if (this.closing) throw closedError();
    await this.connection.check();
    if (!this.isReadOnly) await this.setup.ready();
  }

  /** Refuses new writes, and waits for those under way. */
  close(deadline = closeDeadline()): Promise<void> {
    this.closing ??= this.end(deadline);
    return this.closing;
  }

  private async end(deadline: AbortSignal): Promise<void> {
    this.pruning.stop();
    this.bulk.hurry();
    await this.writes.end(deadline);
    await this.bulk.close(deadline);
    await this.archive?.close(deadline);
    await this.rollback.close(deadline);
    await this.connection.close(deadline);
  }
}

function namingOf(options: ElasticsearchStoreOptions) {
  return {
    prefix: options.indexPrefix ?? '',
    separator: options.indexDateSeparator ?? '-',
    useAliases: options.useAliases ?? false,
    remoteClusters: options.remoteReadClusters ?? [],
  };
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
