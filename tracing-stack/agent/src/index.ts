export {
  type Agent,
  type AgentOptions,
  QUEUE_BYTES,
  type QueueState,
  startAgent,
  type UdpPortOptions,
} from './agent.ts';
export type { BatchSink } from './batch-sink.ts';
export type { CollectorReporter, ReporterOptions } from './collector-reporter.ts';
export {
  ConfigError,
  type ConfigErrorCode,
  type ConfigSource,
  noBaggageRestrictions,
} from './config-source.ts';
export { agentFlags, agentOptions } from './flags.ts';
export { grpcReporter } from './grpc-reporter.ts';
export { SinkError, type SinkErrorCode } from './sink-error.ts';
export { tchannelReporter } from './tchannel/tchannel-reporter.ts';
export type { UdpProcessorName } from './udp-processors.ts';
export { MAX_PACKET_SIZE } from './udp-receiver.ts';
