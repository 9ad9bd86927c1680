import { goDuration } from '@spoor/model';
import {
  durationFlag,
  type Flag,
  type FlagValues,
  integerFlag,
  switchFlag,
  textFlag,
  UserError,
} from '@spoor/platform';
import {
  CASSANDRA_DEFAULTS,
  type CassandraStoreOptions,
  type Consistency,
} from '@spoor/storage-cassandra/options';

const DEFAULTS = CASSANDRA_DEFAULTS;

import { archiveFlags, archiveValues } from './archive-flags.ts';

/** What an archive takes from its store unless it is told, as in Jaeger. */
const INHERITED = [
  'cassandra.servers',
  'cassandra.port',
  'cassandra.keyspace',
  'cassandra.proto-version',
  'cassandra.connections-per-host',
  'cassandra.max-retry-attempts',
  'cassandra.timeout',
  'cassandra.reconnect-interval',
  'cassandra.socket-keep-alive',
] as const;

/** By the names that Cassandra's own tools use. */
const CONSISTENCIES: Readonly<Record<string, Consistency>> = {
  ONE: 'one',
  TWO: 'two',
  THREE: 'three',
  QUORUM: 'quorum',
  ALL: 'all',
  LOCAL_QUORUM: 'localQuorum',
  EACH_QUORUM: 'eachQuorum',
  LOCAL_ONE: 'localOne',
};

/** What an archive has flags for, too. */
const sharedFlags = {
  'cassandra.servers': listFlag(
    DEFAULTS.servers.join(','),
    'Servers to begin with, HOST or HOST:PORT, by commas',
  ),
  'cassandra.port': integerFlag(DEFAULTS.port, 'Port of servers that are named without one', 1),
  'cassandra.keyspace': textFlag(DEFAULTS.keyspace, 'Keyspace with the tables of Jaeger'),
  'cassandra.username': textFlag('', 'User name, if the servers ask for one'),
  'cassandra.password': textFlag('', 'Password of that user'),
  'cassandra.basic.allowed-authenticators': listFlag(
    '',
    "Ways in which a server may ask for the password, by commas, as Java's class names; any unless given",
  ),
  'cassandra.local-dc': textFlag('', 'Data center whose servers are asked; all unless given'),
  'cassandra.consistency': consistencyFlag(),
  'cassandra.proto-version': integerFlag(
    DEFAULTS.protocolVersion,
    "Highest version of Cassandra's protocol to speak",
    3,
  ),
  'cassandra.connections-per-host': integerFlag(
    DEFAULTS.connectionsPerHost,
    'Connections to each server',
    1,
  ),
  'cassandra.max-retry-attempts': integerFlag(
    DEFAULTS.maxAttempts,
    'How often a statement is tried in all',
    1,
  ),
  'cassandra.timeout': durationFlag('0s', 'How long an answer may take; 0s for 12s'),
  'cassandra.connect-timeout': durationFlag('0s', 'How long a connection may take; 0s for 5s'),
  'cassandra.reconnect-interval': durationFlag(
    goDuration(DEFAULTS.reconnectIntervalMs * 1000),
    'How long at most until a lost server is tried again',
  ),
  'cassandra.socket-keep-alive': durationFlag(
    '0s',
    'After how long a silent connection is probed; 0s for never',
  ),
  'cassandra.disable-compression': switchFlag('Has no effect: nothing is compressed'),
  'cassandra.tls.enabled': switchFlag('Whether the Cassandra store connects over TLS'),
  'cassandra.tls.ca': textFlag('', 'PEM file of whom to trust; the system unless given'),
  'cassandra.tls.cert': textFlag('', 'PEM file of the own certificate, if it is asked for'),
  'cassandra.tls.key': textFlag('', 'PEM file of its key'),
  'cassandra.tls.server-name': textFlag(
    '',
    "Name that the servers' certificates hold, if not their addresses'",
  ),
  'cassandra.tls.skip-host-verify': switchFlag('Whether any certificate will do'),
};

/** The flags of the Cassandra store and its archive. */
export const cassandraFlags = {
  ...sharedFlags,
  'cassandra.create-schema': switchFlag(
    'Whether the keyspace and its tables are made where they are missing; let one program do it',
  ),
  'cassandra.schema.trace-ttl': durationFlag(
    goDuration(DEFAULTS.traceTtl),
    'How long tables that are made keep spans; 0s for ever',
  ),
  'cassandra.schema.replication-factor': integerFlag(
    DEFAULTS.replicationFactor,
    'Copies that a keyspace which is made keeps, in local-dc if that is given',
    1,
  ),
  'cassandra.span-store-write-cache-ttl': durationFlag(
    goDuration(DEFAULTS.writeCacheTtl),
    'For how long the name of a service or an operation is not written again',
  ),
  'cassandra.index.tags': switchFlag('Whether traces are found by tags', true),
  'cassandra.index.process-tags': switchFlag('Whether traces are found by process tags', true),
  'cassandra.index.logs': switchFlag('Whether traces are found by the fields of logs', true),
  'cassandra.index.tag-blacklist': listFlag('', 'Tags by which no trace is found, by commas'),
  'cassandra.index.tag-whitelist': listFlag(
    '',
    'The only tags by which traces are found, by commas',
  ),
  ...archiveFlags('cassandra', sharedFlags, INHERITED),
};

/** What the flags ask the Cassandra store for. Throws `UserError` for a list of tags too many. */
export function cassandraOptions(
  flags: FlagValues<typeof cassandraFlags>,
): Omit<CassandraStoreOptions, 'clock' | 'logger' | 'metrics'> {
  const blacklist = flags['cassandra.index.tag-blacklist'];
  const whitelist = flags['cassandra.index.tag-whitelist'];
  if (blacklist.length > 0 && whitelist.length > 0) {
    const both = 'cassandra.index.tag-blacklist and cassandra.index.tag-whitelist';
    throw new UserError('bad-flag', `[storage] only one of ${both} may be given`);
  }
  const archive = archiveValues('cassandra', sharedFlags, flags, INHERITED);
  return {
    ...connectionOptions(flags),
    createSchema: flags['cassandra.create-schema'],
    replicationFactor: flags['cassandra.schema.replication-factor'],
    traceTtl: flags['cassandra.schema.trace-ttl'],
    writeCacheTtl: flags['cassandra.span-store-write-cache-ttl'],
    index: {
      tags: flags['cassandra.index.tags'],
      processTags: flags['cassandra.index.process-tags'],
      logs: flags['cassandra.index.logs'],
      blacklist,
      whitelist,
    },
    ...(archive && { archive: connectionOptions(archive) }),
  };
}

function connectionOptions(flags: FlagValues<typeof sharedFlags>) {
  return {
    servers: flags['cassandra.servers'],
    port: flags['cassandra.port'],
    keyspace: flags['cassandra.keyspace'],
    username: flags['cassandra.username'],
    password: flags['cassandra.password'],
    allowedAuthenticators: flags['cassandra.basic.allowed-authenticators'],
    localDataCenter: flags['cassandra.local-dc'],
    consistency: flags['cassandra.consistency'],
    protocolVersion: flags['cassandra.proto-version'],
    connectionsPerHost: flags['cassandra.connections-per-host'],
    maxAttempts: flags['cassandra.max-retry-attempts'],
    callTimeoutMs: flags['cassandra.timeout'] / 1000,
    connectTimeoutMs: flags['cassandra.connect-timeout'] / 1000,
    reconnectIntervalMs: flags['cassandra.reconnect-interval'] / 1000,
    keepAliveMs: flags['cassandra.socket-keep-alive'] / 1000,
    tls: {
      enabled: flags['cassandra.tls.enabled'],
      ca: flags['cassandra.tls.ca'],
      cert: flags['cassandra.tls.cert'],
      key: flags['cassandra.tls.key'],
      serverName: flags['cassandra.tls.server-name'],
      skipHostVerify: flags['cassandra.tls.skip-host-verify'],
    },
  };
}

/** Blanks count for nothing, as in Jaeger. */
function listFlag(initial: string, help: string): Flag<readonly string[]> {
  return {
    help,
    default: initial,
    parse: (text) =>
      text
        .split(/[,\n]/)
        .map((one) => one.replaceAll(/\s/g, ''))
        .filter((one) => one !== ''),
  };
}

function consistencyFlag(): Flag<Consistency> {
  const names = Object.keys(CONSISTENCIES).join(', ');
  return {
    help: `Of how many copies each write and read needs an answer (${names}); LOCAL_ONE unless given`,
    default: '',
    parse(text) {
      if (text === '') return DEFAULTS.consistency;
      const known = CONSISTENCIES[text.toUpperCase()];
      if (known !== undefined) return known;
      if (text.toUpperCase() === 'ANY') {
        throw new RangeError('with ANY a span could be acknowledged that no server has');
      }
      throw new RangeError(`expected one of ${names}, got "${text}"`);
    },
  };
}
