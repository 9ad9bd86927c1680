import {
  DATA_DIRECTORY,
  DEFAULT_HOST,
  type Logger,
  type Metrics,
  REMOTE_STORAGE_GRPC_PORT,
} from '@spoor/platform';
import type { SpanStore } from '@spoor/storage-api';
import { type WatchedStore, watchStore } from '@spoor/storage-api/health';
import type { CassandraStoreOptions } from '@spoor/storage-cassandra/options';
import type { ElasticsearchStoreOptions } from '@spoor/storage-elasticsearch/options';
import { type EmbeddedStoreOptions, openEmbeddedStore } from '@spoor/storage-embedded';
import { type GrpcStoreOptions, openGrpcStore } from '@spoor/storage-grpc';
import { type MemoryStoreOptions, openMemoryStore } from '@spoor/storage-memory';

export interface StoreOptions {
  /** `DEFAULT_TYPE` unless given. */
  readonly type?: StorageType;
  /** For a program that never writes. */
  readonly readOnly?: boolean;
  /** For a program that never reads. */
  readonly writeOnly?: boolean;
  readonly embedded?: Omit<EmbeddedStoreOptions, 'readOnly' | keyof Shared>;
  readonly memory?: Omit<MemoryStoreOptions, keyof Shared>;
  readonly cassandra?: Omit<CassandraStoreOptions, keyof Shared>;
  readonly elasticsearch?: Omit<ElasticsearchStoreOptions, 'readOnly' | keyof Shared>;
  readonly grpc?: Partial<Omit<GrpcStoreOptions, 'logger'>>;
  /** Microseconds since 1970. */
  readonly clock?: () => number;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}

/** What every store takes. */
type Shared = Pick<StoreOptions, 'clock' | 'logger' | 'metrics'>;

type Opener = (options: StoreOptions, shared: Shared) => Promise<SpanStore>;

const OPENERS = {
  embedded: ({ embedded, readOnly = false }, shared) =>
    openEmbeddedStore({ directory: DATA_DIRECTORY, ...embedded, readOnly, ...shared }),
  memory(options, shared) {
    warnOfLoneMemory(options);
    return openMemoryStore({ ...options.memory, ...shared });
  },
  grpc: ({ grpc }, { logger }) =>
    openGrpcStore({
      server: { host: DEFAULT_HOST, port: REMOTE_STORAGE_GRPC_PORT },
      ...grpc,
      ...(logger && { logger }),
    }),
  async cassandra({ cassandra }, shared) {
    // Only whoever wants it waits for the driver to load.
    const { openCassandraStore } = await import('@spoor/storage-cassandra');
    return openCassandraStore({ ...cassandra, ...shared });
  },
  async elasticsearch({ elasticsearch, clock, readOnly = false }, { logger, metrics }) {
    // Its client takes longer to load than all the rest.
    const { openElasticsearchStore } = await import('@spoor/storage-elasticsearch');
    return openElasticsearchStore({
      ...elasticsearch,
      readOnly,
      ...(clock && { clock: () => clock() / 1000 }),
      ...(logger && { logger }),
      ...(metrics && { metrics }),
    });
  },
} as const satisfies Record<string, Opener>;

/** What SPAN_STORAGE_TYPE may say. */
export type StorageType = keyof typeof OPENERS;
export const STORAGE_TYPES = Object.keys(OPENERS) as readonly StorageType[];
export const DEFAULT_TYPE: StorageType = 'embedded';

/** Opens the span store that `type` names, and watches how its calls go. */
export async function openStore(options: StoreOptions): Promise<WatchedStore> {
  const { type = DEFAULT_TYPE, clock, logger, metrics } = options;
  const store = await OPENERS[type](options, {
    ...(clock && { clock }),
    ...(logger && { logger }),
    ...(metrics && { metrics }),
  });
  return watchStore(store, type);
}

/** Jaeger lets a collector or a query service of its own keep spans in memory, and so do we, but not silently. */
function warnOfLoneMemory({ readOnly, writeOnly, logger }: StoreOptions): void {
  const advice = 'SPAN_STORAGE_TYPE=memory is for all-in-one';
  if (writeOnly) logger?.warn({}, `no query service can read this collector's memory: ${advice}`);
  if (readOnly) {
    logger?.warn({}, `no collector can write into this query service's memory: ${advice}`);
  }
}
