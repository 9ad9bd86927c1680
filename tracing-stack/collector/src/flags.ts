import { goDuration } from '@spoor/model';
import {
  COLLECTOR_GRPC_PORT,
  COLLECTOR_HTTP_PORT,
  COLLECTOR_OTLP_GRPC_PORT,
  COLLECTOR_OTLP_HTTP_PORT,
  COLLECTOR_TCHANNEL_PORT,
  choiceFlag,
  DEFAULT_HOST,
  durationFlag,
  type Flag,
  type FlagValues,
  type HostPort,
  hostPortFlag,
  idleFlag,
  integerFlag,
  optionalHostPortFlag,
  parseHostPort,
  switchFlag,
  tagsFlag,
  textsFlag,
} from '@spoor/platform';
import {
  type CollectorOptions,
  KEEP_ALIVE_MS,
  MAX_MESSAGE_BYTES,
  QUEUE_BYTES,
  REQUEST_TIMEOUT_MS,
} from './collector.ts';
import { forwardUrlFlag, headersFlag } from './forward/forward-url.ts';
import { FORWARD_QUEUE_BYTES, type ForwardOptions } from './forward/start-forwarder.ts';
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
    'Bytes; larger bodies are refused, on all ports for HTTP',
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
  'collector.zipkin.host-port': optionalHostPortFlag(
    "Where Zipkin's clients post spans (HTTP), such as 127.0.0.1:9411; nobody listens unless given",
  ),
  'collector.zipkin.keep-alive': switchFlag(
    'Whether a connection stays open for more than one request',
    true,
  ),
  'collector.zipkin.cors.allowed-origins': textsFlag(
    'Sites whose pages may post spans, separated by commas; * for all',
  ),
  'collector.zipkin.cors.allowed-headers': textsFlag(
    'Headers with which they may, separated by commas',
  ),
  'collector.otlp.enabled': switchFlag("Whether OpenTelemetry's clients are served", true),
  'collector.otlp.grpc.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: COLLECTOR_OTLP_GRPC_PORT },
    "Where OpenTelemetry's clients export spans (gRPC)",
  ),
  'collector.otlp.grpc.max-message-size': integerFlag(
    MAX_MESSAGE_BYTES,
    'Bytes; larger messages are refused',
    1,
  ),
  'collector.otlp.grpc.max-connection-age': durationFlag(
    '0s',
    'How long a connection may live, so that clients come to know new collectors; 0s for ever',
  ),
  'collector.otlp.grpc.max-connection-age-grace': durationFlag(
    '0s',
    'How long calls may go on when a connection has lived so long; 0s until they end',
  ),
  'collector.otlp.http.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: COLLECTOR_OTLP_HTTP_PORT },
    "Where OpenTelemetry's clients post spans, in proto or JSON (HTTP)",
  ),
  'collector.otlp.http.read-header-timeout': durationFlag(
    '2s',
    'How long the headers of a request may take to arrive; 0s as long as the whole',
  ),
  'collector.otlp.http.read-timeout': durationFlag(
    goDuration(1000 * REQUEST_TIMEOUT_MS),
    'How long a request may take to arrive; 0s as long as it likes',
  ),
  'collector.otlp.http.idle-timeout': durationFlag(
    goDuration(1000 * KEEP_ALIVE_MS),
    'How long a connection stays open without a request; 0s for ever',
  ),
  'collector.otlp.http.cors.allowed-origins': textsFlag(
    'Sites whose pages may post spans, separated by commas; * for all',
  ),
  'collector.otlp.http.cors.allowed-headers': textsFlag(
    'Headers with which they may, separated by commas',
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
  'collector.forward.otlp': forwardUrlFlag(
    'OTLP backend to which all spans go on when they are stored: http://HOST:4318 or grpc://HOST:4317; none unless given',
  ),
  'collector.forward.headers': headersFlag(
    'Headers for that backend, name=value, separated by commas',
  ),
  'collector.forward.queue-bytes': integerFlag(
    FORWARD_QUEUE_BYTES,
    'Bytes of batches that may wait for that backend, in memory',
    1,
  ),
  'collector.forward.when-full': choiceFlag(
    ['refuse', 'drop'],
    'refuse',
    'What becomes of spans when too much waits for that backend: refuse tells senders to come back, drop only stores them',
  ),
  ...samplingFlags,
};

type Flags = FlagValues<typeof collectorFlags>;

/** What the flags ask `startCollector` for. */
export function collectorOptions(
  flags: Flags,
): Pick<
  CollectorOptions,
  | 'grpc'
  | 'http'
  | 'tchannel'
  | 'zipkin'
  | 'otlpGrpc'
  | 'otlpHttp'
  | 'queueBytes'
  | 'queueSpans'
  | 'tags'
  | 'sampling'
  | 'forward'
> {
  const zipkin = flags['collector.zipkin.host-port'];
  const hasOtlp = flags['collector.otlp.enabled'];
  return {
    grpc: grpcOptions(flags, 'collector.grpc-server'),
    http: {
      ...httpLimits(flags, 'collector.http-server'),
      ...flags['collector.http-server.host-port'],
    },
    tchannel: flags['collector.port'],
    zipkin: zipkin && {
      ...httpLimits(flags, 'collector.http-server'),
      ...zipkin,
      keepAlive: flags['collector.zipkin.keep-alive'],
      crossOrigin: crossOriginOptions(flags, 'collector.zipkin'),
    },
    otlpGrpc: hasOtlp ? grpcOptions(flags, 'collector.otlp.grpc') : undefined,
    otlpHttp: hasOtlp
      ? {
          ...httpLimits(flags, 'collector.otlp.http'),
          ...flags['collector.otlp.http.host-port'],
          crossOrigin: crossOriginOptions(flags, 'collector.otlp.http'),
        }
      : undefined,
    tags: flags['collector.tags'],
    queueBytes: flags['collector.queue-size-memory'] * MEBIBYTE,
    queueSpans: flags['collector.queue-size'] || Number.POSITIVE_INFINITY,
    sampling: samplingOptions(flags),
    forward: forwardOptions(flags),
  };
}

function forwardOptions(flags: Flags): ForwardOptions | undefined {
  const target = flags['collector.forward.otlp'];
  return (
    target && {
      target,
      headers: flags['collector.forward.headers'],
      queueBytes: flags['collector.forward.queue-bytes'],
      whenFull: flags['collector.forward.when-full'],
    }
  );
}

function grpcOptions(flags: Flags, door: 'collector.grpc-server' | 'collector.otlp.grpc') {
  return {
    ...flags[`${door}.host-port`],
    maxMessageBytes: flags[`${door}.max-message-size`],
    maxConnectionAgeMs: flags[`${door}.max-connection-age`] / 1000,
    maxConnectionAgeGraceMs: flags[`${door}.max-connection-age-grace`] / 1000,
  };
}

/** One size for the bodies of all doors. */
function httpLimits(flags: Flags, door: 'collector.http-server' | 'collector.otlp.http') {
  return {
    maxBodyBytes: flags['collector.http-server.max-body-size'],
    requestTimeoutMs: flags[`${door}.read-timeout`] / 1000,
    headersTimeoutMs: flags[`${door}.read-header-timeout`] / 1000,
    keepAliveMs: flags[`${door}.idle-timeout`] / 1000,
  };
}

function crossOriginOptions(flags: Flags, door: 'collector.zipkin' | 'collector.otlp.http') {
  return {
    allowedOrigins: flags[`${door}.cors.allowed-origins`],
    allowedHeaders: flags[`${door}.cors.allowed-headers`],
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
