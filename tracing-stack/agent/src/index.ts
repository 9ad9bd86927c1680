export { type AgentOptions, startAgent } from './agent.ts';
export type { BatchSink } from './batch-sink.ts';
export { type ConfigSource, noBaggageRestrictions } from './config-source.ts';
export { agentFlags, agentOptions } from './flags.ts';
export { tchannelReporter } from './tchannel/tchannel-reporter.ts';
