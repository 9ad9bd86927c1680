import {
  AGENT_BINARY_PORT,
  AGENT_COMPACT_PORT,
  DEFAULT_HOST,
  type FlagValues,
  hostPortFlag,
  integerFlag,
} from '@spoor/platform';
import { type AgentOptions, QUEUE_BYTES } from './agent.ts';
import { MAX_PACKET_SIZE, RECEIVE_BUFFER_BYTES } from './udp-receiver.ts';

/** The flags of the agent's receivers, which every program that contains one takes. */
export const agentFlags = {
  'processor.jaeger-compact.server-host-port': addressFlag(AGENT_COMPACT_PORT, 'compact'),
  'processor.jaeger-compact.server-max-packet-size': packetSizeFlag(),
  'processor.jaeger-compact.server-socket-buffer-size': bufferFlag(),
  'processor.jaeger-binary.server-host-port': addressFlag(AGENT_BINARY_PORT, 'binary'),
  'processor.jaeger-binary.server-max-packet-size': packetSizeFlag(),
  'processor.jaeger-binary.server-socket-buffer-size': bufferFlag(),
  'agent.queue-size-bytes': integerFlag(
    QUEUE_BYTES,
    'Bytes of packets that may wait for a collector; beyond them packets are dropped and counted',
    1,
  ),
};

/** What the flags ask `startAgent` for. */
export function agentOptions(
  flags: FlagValues<typeof agentFlags>,
): Pick<AgentOptions, 'compact' | 'binary'> & { readonly queueBytes: number } {
  return {
    compact: {
      ...flags['processor.jaeger-compact.server-host-port'],
      maxPacketSize: flags['processor.jaeger-compact.server-max-packet-size'],
      receiveBufferBytes: flags['processor.jaeger-compact.server-socket-buffer-size'],
    },
    binary: {
      ...flags['processor.jaeger-binary.server-host-port'],
      maxPacketSize: flags['processor.jaeger-binary.server-max-packet-size'],
      receiveBufferBytes: flags['processor.jaeger-binary.server-socket-buffer-size'],
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

function bufferFlag() {
  return integerFlag(RECEIVE_BUFFER_BYTES, 'Bytes of receive buffer to ask the kernel for', 65_536);
}
