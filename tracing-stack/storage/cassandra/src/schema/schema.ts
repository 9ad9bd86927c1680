import type { Micros } from '@spoor/model';
import { UserError } from '@spoor/platform';

export interface SchemaOptions {
  readonly keyspace: string;
  /** Copies of each row. */
  readonly replicationFactor: number;
  /** Where the copies are; empty for any. */
  readonly dataCenter: string;
  /** How long spans and what is known of them are kept after they were written. */
  readonly traceTtl: Micros;
}

/** A table or a type, and how it is made. */
export interface SchemaPart {
  readonly kind: 'type' | 'table';
  readonly name: string;
  readonly cql: string;
}

/** Of our tables beside Jaeger's: what a search needs to lose nothing, and arrivals in their order. */
export const START_INDEX_TABLE = 'spoor_start_index';
export const ARRIVALS_TABLE = 'spoor_arrivals';
const WRITERS_TABLE = 'spoor_writers';

/** How long throughput is kept, in seconds: longer than anybody looks back. */
const THROUGHPUT_TTL = 172_800;

/** A writer's row is older than the arrivals in the part that it names: this much, in seconds, it outlives them. */
const WRITER_EXTRA = 7200;

/** Throws `UserError` for a name that Cassandra would not take. */
export function keyspaceStatement(options: SchemaOptions): string {
  const { replicationFactor, dataCenter } = options;
  const replication =
    dataCenter === ''
      ? `'class': 'SimpleStrategy', 'replication_factor': ${replicationFactor}`
      : `'class': 'NetworkTopologyStrategy', '${dataCenter.replaceAll("'", "''")}': ${replicationFactor}`;
  return `CREATE KEYSPACE IF NOT EXISTS ${quoted(options.keyspace)} WITH replication = {${replication}}`;
}

/** A name as CQL takes it: as it is written, where Cassandra would else fold it to lower case, as Jaeger's driver does not. */
export function quoted(keyspace: string): string {
  if (!/^\w{1,48}$/.test(keyspace)) {
    const expected = 'expected letters, digits and _, at most 48';
    throw new UserError('bad-flag', `[cassandra] "${keyspace}" is no keyspace: ${expected}`);
  }
  return /^[a-z][a-z0-9_]*$/.test(keyspace) ? keyspace : `"${keyspace}"`;
}

/**
 * Everything in the keyspace, in the order in which it is made: types, our tables, and Jaeger's as its own job makes them.
 * What a store looks at to see whether it can serve comes last, so that it finds the others.
 */
export function schemaParts({ traceTtl }: Pick<SchemaOptions, 'traceTtl'>): SchemaPart[] {
  const ttl = Math.ceil(traceTtl / 1_000_000);
  const expires = `default_time_to_live = ${ttl} AND speculative_retry = 'NONE' AND gc_grace_seconds = 10800`;
  const hourly = `compaction = ${timeWindow(1, 'HOURS')} AND ${expires}`;
  // A thirtieth of the time to live, as Jaeger has it: no more files than that. A day, where all is kept.
  const window = ttl === 0 ? 1440 : Math.max(1, Math.ceil(Math.floor(ttl / 60) / 30));
  return [
    ...TYPES,
    table(
      START_INDEX_TABLE,
      `service_name text, any_operation boolean, operation_name text, start_time bigint, trace_id blob,
       PRIMARY KEY ((service_name, any_operation, operation_name), start_time, trace_id)`,
      `CLUSTERING ORDER BY (start_time DESC) AND ${hourly}`,
    ),
    table(
      WRITERS_TABLE,
      `shard int, writer uuid, oldest_part bigint, newest_part bigint, PRIMARY KEY (shard, writer)`,
      expires.replace(`= ${ttl} `, `= ${ttl === 0 ? 0 : ttl + WRITER_EXTRA} `),
    ),
    table(
      'spoor_throughput',
      `shard int, time bigint, collector text, duration bigint, operations text, PRIMARY KEY (shard, time, collector)`,
      `default_time_to_live = ${THROUGHPUT_TTL}`,
    ),
    table('spoor_probabilities', 'shard int PRIMARY KEY, probabilities text'),
    table('spoor_leases', 'name text PRIMARY KEY, holder text, until bigint'),
    table(
      ARRIVALS_TABLE,
      `writer uuid, part bigint, sequence bigint, stamp bigint, encoding text, bytes blob, format text,
       added_tags frozen<list<frozen<keyvalue>>>, PRIMARY KEY ((writer, part), sequence)`,
      hourly,
    ),
    table(
      'traces',
      `trace_id blob, span_id bigint, span_hash bigint, parent_id bigint, operation_name text, flags int,
       start_time bigint, duration bigint, tags list<frozen<keyvalue>>, logs list<frozen<log>>,
       refs list<frozen<span_ref>>, process frozen<process>, PRIMARY KEY (trace_id, span_id, span_hash)`,
      `compaction = ${timeWindow(window, 'MINUTES')} AND ${expires}`,
    ),
    table(
      'operation_names_v2',
      `service_name text, span_kind text, operation_name text,
       PRIMARY KEY (service_name, span_kind, operation_name)`,
      expires,
    ),
    table(
      'service_operation_index',
      `service_name text, operation_name text, start_time bigint, trace_id blob,
       PRIMARY KEY ((service_name, operation_name), start_time)`,
      `CLUSTERING ORDER BY (start_time DESC) AND ${hourly}`,
    ),
    table(
      'service_name_index',
      `service_name text, bucket int, start_time bigint, trace_id blob,
       PRIMARY KEY ((service_name, bucket), start_time)`,
      `CLUSTERING ORDER BY (start_time DESC) AND ${hourly}`,
    ),
    table(
      'duration_index',
      `service_name text, operation_name text, bucket timestamp, duration bigint, start_time bigint, trace_id blob,
       PRIMARY KEY ((service_name, operation_name, bucket), duration, start_time, trace_id)`,
      `CLUSTERING ORDER BY (duration DESC, start_time DESC) AND ${hourly}`,
    ),
    table(
      'tag_index',
      `service_name text, tag_key text, tag_value text, start_time bigint, trace_id blob, span_id bigint,
       PRIMARY KEY ((service_name, tag_key, tag_value), start_time, trace_id, span_id)`,
      `CLUSTERING ORDER BY (start_time DESC) AND ${hourly}`,
    ),
    table(
      'dependencies_v2',
      `ts_bucket timestamp, ts timestamp, dependencies list<frozen<dependency>>, PRIMARY KEY (ts_bucket, ts)`,
      'CLUSTERING ORDER BY (ts DESC)',
    ),
    table(
      'operation_throughput',
      'bucket int, ts timeuuid, throughput text, PRIMARY KEY (bucket, ts)',
      'CLUSTERING ORDER BY (ts DESC)',
    ),
    table(
      'sampling_probabilities',
      'bucket int, ts timeuuid, hostname text, probabilities text, PRIMARY KEY (bucket, ts)',
      'CLUSTERING ORDER BY (ts DESC)',
    ),
    table('leases', 'name text PRIMARY KEY, owner text'),
    table('service_names', 'service_name text PRIMARY KEY', expires),
  ];
}

const TYPES: readonly SchemaPart[] = [
  type(
    'keyvalue',
    `key text, value_type text, value_string text, value_bool boolean, value_long bigint, value_double double,
     value_binary blob`,
  ),
  type('log', 'ts bigint, fields frozen<list<frozen<keyvalue>>>'),
  type('span_ref', 'ref_type text, trace_id blob, span_id bigint'),
  type('process', 'service_name text, tags frozen<list<frozen<keyvalue>>>'),
  type('dependency', 'parent text, child text, call_count bigint, source text'),
];

function type(name: string, fields: string): SchemaPart {
  return { kind: 'type', name, cql: `CREATE TYPE IF NOT EXISTS ${name} (${fields})` };
}

function table(name: string, columns: string, properties = ''): SchemaPart {
  const suffix = properties === '' ? '' : ` WITH ${properties}`;
  return { kind: 'table', name, cql: `CREATE TABLE IF NOT EXISTS ${name} (${columns})${suffix}` };
}

/** Files by the time of writing: what expires together goes together. */
function timeWindow(size: number, unit: 'MINUTES' | 'HOURS'): string {
  return `{'class': 'TimeWindowCompactionStrategy', 'compaction_window_size': ${size}, 'compaction_window_unit': '${unit}'}`;
}
