export {
  type Agent,
  type AgentOptions,
  MAX_PACKET_SIZE,
  QUEUE_BYTES,
  startAgent,
} from './agent.ts';
export type { BatchSink } from './batch-sink.ts';
export { agentFlags } from './flags.ts';
export { type GrpcSinkOptions, grpcSink } from './grpc-sink.ts';
export { SinkError, type SinkErrorCode } from './sink-error.ts';
