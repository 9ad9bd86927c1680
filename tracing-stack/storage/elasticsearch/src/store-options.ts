import type { Logger, Metrics, NamedClientTls } from '@spoor/platform';

export type RolloverFrequency = 'day' | 'hour';

/** Which tags become fields of an object, for Kibana's sake, and not entries of a list. */
export interface TagsAsFields {
  /** All that can, whatever `include` says. */
  readonly all: boolean;
  readonly include: readonly string[];
  /** A file with more keys to include, one a line; empty for none. */
  readonly configFile: string;
  /** Stands for `.` in the names of fields. */
  readonly dotReplacement: string;
}

/** What `openElasticsearchStore` takes. This file imports nothing that takes long to load. */
export interface ElasticsearchStoreOptions {
  /** `http://host:port`; requests go to all of them in turn. `http://127.0.0.1:9200` unless given. */
  readonly serverUrls?: readonly string[];
  readonly username?: string;
  readonly password?: string;
  /** A file that holds the password; it is read again when the server no longer takes what it said. */
  readonly passwordFile?: string;
  /** A file that holds a bearer token; read again like the password. */
  readonly tokenFile?: string;
  readonly tls?: NamedClientTls;
  /** Ask the cluster for its other nodes, and speak to them too. */
  readonly sniffer?: boolean;
  /** For every request; 0 for `REQUEST_TIMEOUT_MS`. */
  readonly timeoutMs?: number;
  /** The major version of the servers; 0 to ask them. */
  readonly version?: number;

  readonly indexPrefix?: string;
  readonly indexDateSeparator?: string;
  readonly spanRollover?: RolloverFrequency;
  readonly serviceRollover?: RolloverFrequency;
  /** Write to `…-write`, read from `…-read`; somebody else makes these aliases and what they stand for. */
  readonly useAliases?: boolean;
  readonly useIlm?: boolean;
  readonly createTemplates?: boolean;
  readonly shards?: number;
  readonly replicas?: number;
  readonly templatePriority?: Readonly<Record<'span' | 'service' | 'dependencies', number>>;
  readonly remoteReadClusters?: readonly string[];

  readonly bulk?: Partial<BulkLimits>;
  /** How long a batch may take; then it is refused, and taken back. */
  readonly writeWithinMs?: number;
  readonly serviceCacheTtlMs?: number;
  readonly tagsAsFields?: Partial<TagsAsFields>;

  /** How far back services and operations are listed. */
  readonly maxSpanAgeMs?: number;
  /** Of the documents that one request asks for, and of names in a list. */
  readonly maxDocCount?: number;

  /** Where the archive is, which is a cluster or a prefix of its own if it likes; left out for none. */
  readonly archive?: ArchiveOptions;

  /** For a program that writes no spans: it makes no templates for them. */
  readonly readOnly?: boolean;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}

/** What an archive can be told apart from the store that it belongs to. */
export type ArchiveOptions = Pick<
  ElasticsearchStoreOptions,
  | 'serverUrls'
  | 'username'
  | 'password'
  | 'passwordFile'
  | 'tokenFile'
  | 'tls'
  | 'sniffer'
  | 'timeoutMs'
  | 'version'
  | 'indexPrefix'
  | 'useAliases'
  | 'useIlm'
  | 'createTemplates'
  | 'shards'
  | 'replicas'
  | 'templatePriority'
  | 'remoteReadClusters'
  | 'bulk'
  | 'tagsAsFields'
  | 'maxDocCount'
>;

export interface BulkLimits {
  /** Documents in a request. */
  readonly actions: number;
  /** Bytes in a request. */
  readonly bytes: number;
  /** Requests under way at once. */
  readonly workers: number;
  /** How long a document waits for others to go with; 0 goes as soon as a worker is free. */
  readonly flushIntervalMs: number;
  /** Bytes of documents that may wait, and of batches that are not stored or refused yet; beyond them a write is refused. */
  readonly queueBytes: number;
}

export const DEFAULT_BULK: BulkLimits = {
  actions: 1000,
  bytes: 5_000_000,
  workers: 1,
  flushIntervalMs: 200,
  queueBytes: 128 * 1024 * 1024,
};

export const DEFAULT_TAGS_AS_FIELDS: TagsAsFields = {
  all: false,
  include: [],
  configFile: '',
  dotReplacement: '@',
};
export const DEFAULT_SERVER = 'http://127.0.0.1:9200';
const HOUR_MS = 3_600_000;
export const DEFAULT_MAX_SPAN_AGE_MS = 72 * HOUR_MS;
export const DEFAULT_SERVICE_CACHE_TTL_MS = 12 * HOUR_MS;
export const DEFAULT_MAX_DOC_COUNT = 10_000;
/** How long a request may take where no timeout is given. */
export const REQUEST_TIMEOUT_MS = 60_000;
