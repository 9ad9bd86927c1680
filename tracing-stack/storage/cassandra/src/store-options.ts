import type { Micros } from '@spoor/model';
import type { Logger, Metrics, NamedClientTls } from '@spoor/platform';
import type { types } from 'cassandra-driver';

export type Consistency = keyof typeof types.consistencies;

/** Where the store is, and how it is spoken to. Times in milliseconds; 0 takes what stands beside it. */
export interface CassandraOptions {
  /** Hosts, of which any may know the others; with or without a port. */
  readonly servers: readonly string[];
  readonly port: number;
  readonly keyspace: string;
  readonly username: string;
  readonly password: string;
  /** Ways in which a server may ask for the password; none for any. */
  readonly allowedAuthenticators: readonly string[];
  /** The data center whose servers are asked; empty for all. */
  readonly localDataCenter: string;
  /** Of how many copies each write and each read needs an answer. */
  readonly consistency: Consistency;
  readonly protocolVersion: number;
  readonly connectionsPerHost: number;
  /** How often a statement is tried in all. */
  readonly maxAttempts: number;
  /** How long an answer may take; 12 s. */
  readonly callTimeoutMs: number;
  /** How long a connection may take; 5 s. */
  readonly connectTimeoutMs: number;
  /** How long at most until a lost server is tried again. */
  readonly reconnectIntervalMs: number;
  /** After how long a silent connection is probed; 0 for never. */
  readonly keepAliveMs: number;
  readonly tls: NamedClientTls;
  /** Whether keyspace and tables are made where they are missing. */
  readonly createSchema: boolean;
  readonly replicationFactor: number;
  /** Of tables that are made. */
  readonly traceTtl: Micros;
  /** For how long a name that was written is not written again. */
  readonly writeCacheTtl: Micros;
  readonly index: IndexOptions;
}

/** Which tags are indexed. */
export interface IndexOptions {
  readonly tags: boolean;
  readonly processTags: boolean;
  readonly logs: boolean;
  /** Keys that are not indexed; only one of the two lists may have any. */
  readonly blacklist: readonly string[];
  /** The only keys that are, if there are any. */
  readonly whitelist: readonly string[];
}

/** Jaeger's own, where it has them. */
export const CASSANDRA_DEFAULTS: CassandraOptions = {
  servers: ['127.0.0.1'],
  port: 9042,
  keyspace: 'jaeger_v1_test',
  username: '',
  password: '',
  allowedAuthenticators: [],
  localDataCenter: '',
  consistency: 'localOne',
  protocolVersion: 4,
  connectionsPerHost: 2,
  maxAttempts: 3,
  callTimeoutMs: 0,
  connectTimeoutMs: 0,
  reconnectIntervalMs: 60_000,
  keepAliveMs: 0,
  tls: { enabled: false, ca: '', cert: '', key: '', serverName: '', skipHostVerify: false },
  createSchema: false,
  replicationFactor: 1,
  traceTtl: 172_800_000_000,
  writeCacheTtl: 43_200_000_000,
  index: { tags: true, processTags: true, logs: true, blacklist: [], whitelist: [] },
};

/** Where an archive is: in a keyspace of its own. What its tables are made with is not told: they keep all. */
export type ArchiveOptions = Omit<CassandraOptions, 'traceTtl' | 'writeCacheTtl' | 'index'>;

export interface CassandraStoreOptions extends Partial<CassandraOptions> {
  /** Left out for none; what is left out of it is as for the store. */
  readonly archive?: Partial<ArchiveOptions> & Pick<ArchiveOptions, 'keyspace'>;
  /** Microseconds since 1970. */
  readonly clock?: () => Micros;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
  /** Bytes of batches that may be on their way at once; 64 MiB unless given. */
  readonly maxBytesUnderWay?: number;
  /** How long a batch may take; then it is refused, and taken back. */
  readonly writeWithinMs?: number;
}
