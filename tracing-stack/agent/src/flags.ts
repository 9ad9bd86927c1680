import { AGENT_COMPACT_PORT, DEFAULT_HOST, hostPortFlag, integerFlag } from '@spoor/platform';
import { MAX_PACKET_SIZE, QUEUE_BYTES, RECEIVE_BUFFER_BYTES } from './agent.ts';

/** The flags of the agent's receivers, which every program that contains one takes. */
export const agentFlags = {
  'processor.jaeger-compact.server-host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: AGENT_COMPACT_PORT },
    'Where jaeger.thrift over compact Thrift is taken (UDP)',
  ),
  'processor.jaeger-compact.server-max-packet-size': integerFlag(
    MAX_PACKET_SIZE,
    'Bytes; larger packets are dropped and counted',
    1,
  ),
  'processor.jaeger-compact.server-socket-buffer-size': integerFlag(
    RECEIVE_BUFFER_BYTES,
    'Bytes of receive buffer to ask the kernel for',
    65_536,
  ),
  'agent.queue-size-bytes': integerFlag(
    QUEUE_BYTES,
    'Bytes of packets that may wait for a collector; beyond them packets are dropped and counted',
    1,
  ),
};
