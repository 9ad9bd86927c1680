import { goDuration } from '@spoor/model';
import {
  COLLECTOR_GRPC_PORT,
  COLLECTOR_HTTP_PORT,
  COLLECTOR_TCHANNEL_PORT,
  DEFAULT_HOST,
  durationFlag,
  type Flag,
  type FlagValues,
  type HostPort,
  hostPortFlag,
  idleFlag,
  integerFlag,
  parseHostPort,
  tagsFlag,
} from '@spoor/platform';
import {
  type CollectorOptions,
  KEEP_ALIVE_MS,
  MAX_MESSAGE_BYTES,
  QUEUE_BYTES,
  REQUEST_TIMEOUT_MS,
} from './collector.ts';
import { samplingFlags, samplingOptions } from './sampling/flags.ts';

const MEBIBYTE = 1024 * 1024;

/** The flags of the collector, which every program that contains it takes. */
export const collectorFlags = {
  'collector.grpc-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: COLLECTOR_GRPC_PORT },
    'Where agents post spans (gRPC)',
  ),
  'collector.grpc-server.max-message-size': integerFlag(
    MAX_MESSAGE_BYTES,
    'Bytes; larger messages are refused',
    1,
  ),
  'collector.grpc-server.max-connection-age': durationFlag(
    '0s',
    'How long a connection may live, so that agents come to know new collectors; 0s for ever',
  ),
  'collector.grpc-server.max-connection-age-grace': durationFlag(
    '0s',
    'How long calls may go on when a connection has lived so long; 0s until they end',
  ),
  'collector.http-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: COLLECTOR_HTTP_PORT },
    'Where clients post jaeger.thrift over binary Thrift (HTTP)',
  ),
  'collector.http-server.max-body-size': integerFlag(
    MAX_MESSAGE_BYTES,
    'Bytes; larger bodies are refused',
    1,
  ),
  'collector.http-server.read-header-timeout': durationFlag(
    '2s',
    'How long the headers of a request may take to arrive; 0s as long as the whole',
  ),
  'collector.http-server.read-timeout': durationFlag(
    goDuration(1000 * REQUEST_TIMEOUT_MS),
    'How long a request may take to arrive; 0s as long as it likes',
  ),
  'collector.http-server.idle-timeout': durationFlag(
    goDuration(1000 * KEEP_ALIVE_MS),
    'How long a connection stays open without a request; 0s for ever',
  ),
  'collector.port': portFlag(
    COLLECTOR_TCHANNEL_PORT,
    'Where agents before 1.18 post spans (TChannel): a port of 127.0.0.1, or HOST:PORT',
  ),
  'collector.num-workers': idleFlag(50, 'what was taken goes into the store at once'),
  'collector.tags': tagsFlag('Tags for the process of all spans'),
  'collector.queue-size': integerFlag(
    0,
    'Spans that may wait for the store; 0 leaves it to queue-size-memory',
  ),
  'collector.queue-size-memory': integerFlag(
    QUEUE_BYTES / MEBIBYTE,
    'MiB of batches that may wait for the store; beyond them senders are told to come back',
    1,
  ),
  ...samplingFlags,
};

/** What the flags ask `startCollector` for. */
export function collectorOptions(
  flags: FlagValues<typeof collectorFlags>,
): Pick<
  CollectorOptions,
  'grpc' | 'http' | 'tchannel' | 'queueBytes' | 'queueSpans' | 'tags' | 'sampling'
> {
  return {
    grpc: {
      ...flags['collector.grpc-server.host-port'],
      maxMessageBytes: flags['collector.grpc-server.max-message-size'],
      maxConnectionAgeMs: flags['collector.grpc-server.max-connection-age'] / 1000,
      maxConnectionAgeGraceMs: flags['collector.grpc-server.max-connection-age-grace'] / 1000,
    },
    http: {
      ...flags['collector.http-server.host-port'],
      maxBodyBytes: flags['collector.http-server.max-body-size'],
      requestTimeoutMs: flags['collector.http-server.read-timeout'] / 1000,
      headersTimeoutMs: flags['collector.http-server.read-header-timeout'] / 1000,
      keepAliveMs: flags['collector.http-server.idle-timeout'] / 1000,
    },
    tchannel: flags['collector.port'],
    tags: flags['collector.tags'],
    queueBytes: flags['collector.queue-size-memory'] * MEBIBYTE,
    queueSpans: flags['collector.queue-size'] || Number.POSITIVE_INFINITY,
    sampling: samplingOptions(flags),
  };
}

/** Jaeger's flag is a port alone. Then the host is this machine, and not every interface. */
function portFlag(initial: number, help: string): Flag<HostPort> {
  return {
    help,
    default: String(initial),
    parse: (text) => parseHostPort(/^\d+$/.test(text) ? `${DEFAULT_HOST}:${text}` : text),
  };
}
