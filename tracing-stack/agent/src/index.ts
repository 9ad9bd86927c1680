export {
  type Agent,
  type AgentOptions,
  QUEUE_BYTES,
  startAgent,
  type UdpPortOptions,
} from './agent.ts';
export type { BatchSink } from './batch-sink.ts';
export {
  ConfigError,
  type ConfigErrorCode,
  type ConfigSource,
  noBaggageRestrictions,
} from './config-source.ts';
export { agentFlags, agentOptions } from './flags.ts';
export { type CollectorReporter, grpcReporter } from './grpc-reporter.ts';
export type { GrpcSinkOptions } from './grpc-sink.ts';
export { SinkError, type SinkErrorCode } from './sink-error.ts';
export type { UdpProcessorName } from './udp-processors.ts';
export { MAX_PACKET_SIZE } from './udp-receiver.ts';
