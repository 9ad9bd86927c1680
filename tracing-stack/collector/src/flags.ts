import { COLLECTOR_GRPC_PORT, DEFAULT_HOST, hostPortFlag, integerFlag } from '@spoor/platform';
import { MAX_MESSAGE_BYTES, QUEUE_BYTES } from './collector.ts';

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
  'collector.queue-size-memory': integerFlag(
    QUEUE_BYTES / MEBIBYTE,
    'MiB of batches that may wait for the store; beyond them senders are told to come back',
    1,
  ),
};
