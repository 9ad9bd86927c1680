import {
  COLLECTOR_GRPC_PORT,
  COLLECTOR_HTTP_PORT,
  DEFAULT_HOST,
  type FlagValues,
  hostPortFlag,
  integerFlag,
} from '@spoor/platform';
import { type CollectorOptions, MAX_MESSAGE_BYTES, QUEUE_BYTES } from './collector.ts';

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
  'collector.http-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: COLLECTOR_HTTP_PORT },
    'Where clients post jaeger.thrift over binary Thrift (HTTP)',
  ),
  'collector.http-server.max-body-size': integerFlag(
    MAX_MESSAGE_BYTES,
    'Bytes; larger bodies are refused',
    1,
  ),
  'collector.queue-size': integerFlag(
    0,
    'Spans that may wait for the store; 0 leaves it to queue-size-memory',
  ),
  'collector.queue-size-memory': integerFlag(
    QUEUE_BYTES / MEBIBYTE,
    'MiB of batches that may wait for the store; beyond them senders are told to come back',
    1,
  ),
};

/** What the flags ask `startCollector` for. */
export function collectorOptions(
  flags: FlagValues<typeof collectorFlags>,
): Pick<CollectorOptions, 'grpc' | 'http'> & Pick<CollectorOptions, 'queueBytes' | 'queueSpans'> {
  return {
    grpc: {
      ...flags['collector.grpc-server.host-port'],
      maxMessageBytes: flags['collector.grpc-server.max-message-size'],
    },
    http: {
      ...flags['collector.http-server.host-port'],
      maxBodyBytes: flags['collector.http-server.max-body-size'],
    },
    queueBytes: flags['collector.queue-size-memory'] * MEBIBYTE,
    queueSpans: flags['collector.queue-size'] || Number.POSITIVE_INFINITY,
  };
}
