import { createHash } from 'node:crypto';
import type { Trace, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import {
  type ArchiveStore,
  type SpanReader,
  type SpanWriter,
  StorageError,
  type StoredBatch,
  storedSpans,
} from '@spoor/storage-api';
import { BulkQueue } from './bulk-queue.ts';
import { Connection } from './connection.ts';
import { type ArchiveNames, archiveNames } from './index-names.ts';
import { Refresher } from './refresh.ts';
import { patiently, Retries } from './retrying.ts';
import { Setup } from './setup.ts';
import { spanJson } from './span-document.ts';
import { SpanHits } from './span-hits.ts';
import {
  type ArchiveOptions,
  DEFAULT_BULK,
  DEFAULT_MAX_DOC_COUNT,
  REQUEST_TIMEOUT_MS,
} from './store-options.ts';
import { readTagFields, TagFields } from './tag-fields.ts';
import { templateKinds, templateOptions } from './templates.ts';
import { TraceReader } from './trace-reader.ts';

const NO_FIELDS = new TagFields();

/**
 * Opens Jaeger's archive, which needs no server yet. Whoever has it closes it. `storePrefix` stands before the names of the
 * store that it belongs to.
 */
export async function openElasticsearchArchive(
  options: ArchiveOptions,
  storePrefix: string | undefined,
  logger: Logger,
): Promise<ElasticsearchArchive> {
  const fields = await readTagFields(options.tagsAsFields);
  const connection = await Connection.of({ ...options, logger });
  return new ElasticsearchArchive(options, storePrefix, connection, fields, logger);
}

/**
 * Spans in `jaeger-span-archive`. A document's id is made from what is in it, so that a trace which is archived again is
 * there once, and a request can be made again.
 */
export class ElasticsearchArchive implements ArchiveStore {
  readonly writer: SpanWriter = { write: (stored) => this.write(stored) };
  readonly reader: Pick<SpanReader, 'trace'> = { trace: (traceId) => this.trace(traceId) };
  private readonly connection: Connection;
  private readonly names: ArchiveNames;
  private readonly setup: Setup;
  private readonly bulk: BulkQueue;
  private readonly refresher: Refresher;
  private readonly traces: TraceReader;
  private readonly fields: TagFields;

  constructor(
    options: ArchiveOptions,
    storePrefix: string | undefined,
    connection: Connection,
    fields: TagFields,
    logger: Logger,
  ) {
    this.connection = connection;
    this.fields = fields;
    const {
      indexPrefix: prefix = '',
      useAliases = false,
      remoteReadClusters: remoteClusters = [],
    } = options;
    this.names = archiveNames({ prefix, useAliases, remoteClusters });
    this.setup = new Setup(connection, {
      kinds: templateKinds(options, ['span']),
      templates: templateOptions(options),
      // By the same name as the store's, which is for the indices of every day, and whose settings are the store's.
      keepsTemplates: prefix === (storePrefix ?? ''),
    });
    this.bulk = new BulkQueue(
      connection,
      { ...DEFAULT_BULK, ...options.bulk, flushIntervalMs: 0 },
      new Retries(),
      options.timeoutMs || REQUEST_TIMEOUT_MS,
    );
    this.refresher = new Refresher(connection, logger);
    const hits = new SpanHits(fields, logger);
    this.traces = new TraceReader(connection, hits, options.maxDocCount ?? DEFAULT_MAX_DOC_COUNT);
  }

  private async write(stored: StoredBatch): Promise<void> {
    const documents = storedSpans(stored).map((span) => {
      const json = spanJson(span, this.fields);
      return {
        index: this.names.writing,
        requireAlias: this.names.areAliases,
        id: createHash('sha256').update(json).digest('base64url'),
        json,
        ...(!this.fields.none && { plainJson: () => spanJson(span, NO_FIELDS) }),
      };
    });
    await this.setup.ready();
    if (documents.length === 0) return;
    const { outcomes } = await this.bulk.add(documents);
    for (const outcome of outcomes) if (outcome instanceof StorageError) throw outcome;
  }

  private trace(traceId: TraceId): Promise<Trace | undefined> {
    return patiently(async () => {
      await this.refresher.refresh(this.names.reading);
      const [trace] = await this.traces.read([traceId], this.names.reading);
      return trace;
    });
  }

  async close(deadline: AbortSignal): Promise<void> {
    await this.bulk.close(deadline);
    await this.connection.close(deadline);
  }
}
