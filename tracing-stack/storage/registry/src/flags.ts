import { goDuration } from '@spoor/model';
import {
  choiceFlag,
  DATA_DIRECTORY,
  DEFAULT_HOST,
  durationFlag,
  type Flag,
  type FlagValues,
  hostPortFlag,
  integerFlag,
  REMOTE_STORAGE_GRPC_PORT,
  switchFlag,
  textFlag,
} from '@spoor/platform';
import { MAX_BYTES, MAX_MEMORY_BYTES, TIME_TO_LIVE } from '@spoor/storage-embedded';
import { MEMORY_BYTES } from '@spoor/storage-memory';
import { cassandraFlags, cassandraOptions } from './cassandra-flags.ts';
import { elasticsearchFlags, elasticsearchOptions } from './elasticsearch-flags.ts';
import { DEFAULT_TYPE, STORAGE_TYPES, type StoreOptions } from './open-store.ts';

/** The flags of the store, which every program that opens one takes. */
export const storageFlags = {
  'span-storage.type': choiceFlag(STORAGE_TYPES, DEFAULT_TYPE, 'Where spans are stored'),
  'embedded.directory': pathFlag(DATA_DIRECTORY, 'Folder of the embedded store'),
  'embedded.span-store-ttl': durationFlag(
    goDuration(TIME_TO_LIVE),
    'How long the embedded store keeps spans, counted from their arrival',
  ),
  'embedded.max-bytes': integerFlag(
    MAX_BYTES,
    'Bytes on disk that the spans of the embedded store take at most, the oldest go first; its archive, graph and sampling come on top',
    1,
  ),
  'embedded.max-memory-bytes': integerFlag(
    MAX_MEMORY_BYTES,
    'Bytes that the embedded store holds in memory at most: what waits for the disk, and what answers are made of',
    1024 ** 2,
  ),
  'memory.max-traces': integerFlag(
    0,
    'Traces that the memory store keeps at most, the oldest go first; 0 for no such bound',
  ),
  'memory.max-bytes': integerFlag(
    MEMORY_BYTES,
    'Bytes that spans and their index take at most in the memory store, the oldest go first; its archive may take as much again',
    1,
  ),
  'grpc-storage.server': hostPortFlag(
    { host: DEFAULT_HOST, port: REMOTE_STORAGE_GRPC_PORT },
    'Remote storage that the grpc store speaks to',
    { host: DEFAULT_HOST },
  ),
  'grpc-storage.connection-timeout': durationFlag(
    '5s',
    'How long the grpc store waits for a connection',
  ),
  'grpc-storage.tls.enabled': switchFlag('Whether the grpc store connects over TLS'),
  'grpc-storage.tls.ca': textFlag('', 'PEM file of whom to trust; the system unless given'),
  'grpc-storage.tls.cert': textFlag('', 'PEM file of the own certificate, if it is asked for'),
  'grpc-storage.tls.key': textFlag('', 'PEM file of its key'),
  'grpc-storage.tls.server-name': textFlag(
    '',
    "Name that the server's certificate holds, if not the address's",
  ),
  'grpc-storage.tls.skip-host-verify': switchFlag('Whether any certificate will do'),
  ...cassandraFlags,
  ...elasticsearchFlags,
};

/** What the flags ask `openStore` for. */
export function storageOptions(flags: FlagValues<typeof storageFlags>) {
  return {
    type: flags['span-storage.type'],
    embedded: {
      directory: flags['embedded.directory'],
      timeToLive: flags['embedded.span-store-ttl'],
      maxBytes: flags['embedded.max-bytes'],
      maxMemoryBytes: flags['embedded.max-memory-bytes'],
    },
    memory: { maxTraces: flags['memory.max-traces'], maxBytes: flags['memory.max-bytes'] },
    grpc: {
      server: flags['grpc-storage.server'],
      connectTimeoutMs: flags['grpc-storage.connection-timeout'] / 1000,
      tls: {
        enabled: flags['grpc-storage.tls.enabled'],
        ca: flags['grpc-storage.tls.ca'],
        cert: flags['grpc-storage.tls.cert'],
        key: flags['grpc-storage.tls.key'],
        skipHostVerify: flags['grpc-storage.tls.skip-host-verify'],
      },
      serverName: flags['grpc-storage.tls.server-name'],
    },
    cassandra: cassandraOptions(flags),
    elasticsearch: elasticsearchOptions(flags),
  } satisfies StoreOptions;
}

function pathFlag(initial: string, help: string): Flag<string> {
  return {
    help,
    default: initial,
    parse(text) {
      if (text === '') throw new RangeError('expected a folder, got nothing');
      return text;
    },
  };
}
