export {
  type Agent,
  type AgentOptions,
  QUEUE_BYTES,
  startAgent,
  type UdpPortOptions,
} from './agent.ts';
export type { BatchSink } from './batch-sink.ts';
export { agentFlags, agentOptions } from './flags.ts';
export { type GrpcSinkOptions, grpcSink } from './grpc-sink.ts';
export { SinkError, type SinkErrorCode } from './sink-error.ts';
export type { UdpProtocol } from './udp-processors.ts';
export { MAX_PACKET_SIZE } from './udp-receiver.ts';
