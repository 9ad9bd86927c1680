import {
  AGENT_BINARY_PORT,
  AGENT_COMPACT_PORT,
  COLLECTOR_GRPC_PORT,
  choiceFlag,
  DEFAULT_HOST,
  type Flag,
  type FlagValues,
  hostPortFlag,
  hostPortsFlag,
  idleFlag,
  integerFlag,
  tagsFlag,
} from '@spoor/platform';
import { type AgentOptions, QUEUE_BYTES } from './agent.ts';
import type { GrpcSinkOptions } from './grpc-sink.ts';
import { MAX_PACKET_SIZE, RECEIVE_BUFFER_BYTES } from './udp-receiver.ts';

/** The flags of the agent's receivers, which every program that contains one takes. */
export const agentFlags = {
  'processor.jaeger-compact.server-host-port': addressFlag(AGENT_COMPACT_PORT, 'compact'),
  'processor.jaeger-compact.server-max-packet-size': packetSizeFlag(),
  'processor.jaeger-compact.server-queue-size': queueSizeFlag(),
  'processor.jaeger-compact.server-socket-buffer-size': bufferFlag(),
  'processor.jaeger-compact.workers': workersFlag(),
  'processor.jaeger-binary.server-host-port': addressFlag(AGENT_BINARY_PORT, 'binary'),
  'processor.jaeger-binary.server-max-packet-size': packetSizeFlag(),
  'processor.jaeger-binary.server-queue-size': queueSizeFlag(),
  'processor.jaeger-binary.server-socket-buffer-size': bufferFlag(),
  'processor.jaeger-binary.workers': workersFlag(),
  'agent.queue-size-bytes': integerFlag(
    QUEUE_BYTES,
    'Bytes of packets that may wait for a collector; beyond them packets are dropped and counted',
    1,
  ),
  'agent.tags': tagsFlag('Tags for the process of all spans'),
};

/** The flags of the agent's way to collectors, which all-in-one does not need. */
export const reporterFlags = {
  'reporter.type': choiceFlag(['grpc'], 'grpc', 'The way to the collectors'),
  'reporter.grpc.host-port': hostPortsFlag(
    [{ host: DEFAULT_HOST, port: COLLECTOR_GRPC_PORT }],
    'Collectors, separated by commas',
    { host: DEFAULT_HOST },
  ),
  'reporter.grpc.retry.max': retriesFlag(
    'How often a call is repeated before its spans are given up; none: until they are delivered',
  ),
  'reporter.grpc.discovery.min-peers': idleFlag(3, 'the agent connects to every collector'),
};

/** What the flags ask `grpcSink` for. */
export function reporterOptions(
  flags: FlagValues<typeof reporterFlags>,
): Pick<GrpcSinkOptions, 'collectors' | 'maxRetries'> {
  return {
    collectors: flags['reporter.grpc.host-port'],
    maxRetries: flags['reporter.grpc.retry.max'],
  };
}

/** What the flags ask `startAgent` for. */
export function agentOptions(
  flags: FlagValues<typeof agentFlags>,
): Pick<AgentOptions, 'compact' | 'binary' | 'tags'> & { readonly queueBytes: number } {
  return {
    tags: flags['agent.tags'],
    compact: {
      ...flags['processor.jaeger-compact.server-host-port'],
      maxPacketSize: flags['processor.jaeger-compact.server-max-packet-size'],
      receiveBufferBytes: flags['processor.jaeger-compact.server-socket-buffer-size'],
      queueSize: flags['processor.jaeger-compact.server-queue-size'] || Number.POSITIVE_INFINITY,
    },
    binary: {
      ...flags['processor.jaeger-binary.server-host-port'],
      maxPacketSize: flags['processor.jaeger-binary.server-max-packet-size'],
      receiveBufferBytes: flags['processor.jaeger-binary.server-socket-buffer-size'],
      queueSize: flags['processor.jaeger-binary.server-queue-size'] || Number.POSITIVE_INFINITY,
    },
    queueBytes: flags['agent.queue-size-bytes'],
  };
}

function addressFlag(port: number, encoding: string) {
  return hostPortFlag(
    { host: DEFAULT_HOST, port },
    `Where jaeger.thrift over ${encoding} Thrift is taken (UDP)`,
  );
}

function packetSizeFlag() {
  return integerFlag(MAX_PACKET_SIZE, 'Bytes; larger packets are dropped and counted', 1);
}

function queueSizeFlag() {
  return integerFlag(0, 'Packets that may wait; 0 leaves it to agent.queue-size-bytes');
}

function workersFlag() {
  return idleFlag(10, 'one thread reads packets faster than it takes to hand them to others');
}

function retriesFlag(help: string): Flag<number> {
  const { parse } = integerFlag(0, help);
  return {
    help,
    default: '',
    parse: (text) => (text === '' ? Number.POSITIVE_INFINITY : parse(text)),
  };
}

function bufferFlag() {
  return integerFlag(RECEIVE_BUFFER_BYTES, 'Bytes of receive buffer to ask the kernel for', 65_536);
}
