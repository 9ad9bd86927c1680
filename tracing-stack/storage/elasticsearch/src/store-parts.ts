import { type Logger, silentLogger } from '@spoor/platform';
import type { Connection } from './connection.ts';
import { IndexNames } from './index-names.ts';
import { type OwnIndices, ownIndices } from './own-indices.ts';
import { Refresher } from './refresh.ts';
import { SpanHits } from './span-hits.ts';
import {
  DEFAULT_MAX_DOC_COUNT,
  DEFAULT_MAX_SPAN_AGE_MS,
  type ElasticsearchStoreOptions,
} from './store-options.ts';
import type { TagFields } from './tag-fields.ts';
import { TraceReader } from './trace-reader.ts';

/** What the parts of a store have in common. */
export interface StoreParts {
  readonly options: ElasticsearchStoreOptions;
  readonly connection: Connection;
  readonly fields: TagFields;
  readonly spanIndices: IndexNames;
  readonly serviceIndices: IndexNames;
  readonly dependencyIndices: IndexNames;
  readonly own: OwnIndices;
  readonly refresher: Refresher;
  readonly hits: SpanHits;
  readonly traces: TraceReader;
  readonly maxSpanAgeMs: number;
  readonly maxDocCount: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
}

export function storeParts(
  options: ElasticsearchStoreOptions,
  connection: Connection,
  fields: TagFields,
): StoreParts {
  const {
    clock = Date.now,
    logger = silentLogger,
    maxSpanAgeMs = DEFAULT_MAX_SPAN_AGE_MS,
  } = options;
  const { maxDocCount = DEFAULT_MAX_DOC_COUNT, spanRollover = 'day' } = options;
  const { serviceRollover = 'day', indexPrefix: prefix = '' } = options;
  const naming = {
    prefix,
    separator: options.indexDateSeparator ?? '-',
    useAliases: options.useAliases ?? false,
    remoteClusters: options.remoteReadClusters ?? [],
  };
  const hits = new SpanHits(fields, logger);
  return {
    options,
    connection,
    fields,
    spanIndices: new IndexNames('jaeger-span', { ...naming, rollover: spanRollover }),
    serviceIndices: new IndexNames('jaeger-service', { ...naming, rollover: serviceRollover }),
    dependencyIndices: new IndexNames('jaeger-dependencies', { ...naming, rollover: 'day' }),
    own: ownIndices(prefix),
    refresher: new Refresher(connection, logger),
    hits,
    traces: new TraceReader(connection, hits, maxDocCount),
    maxSpanAgeMs,
    maxDocCount,
    clock,
    logger,
  };
}
