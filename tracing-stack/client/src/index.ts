export { globalTracer, initGlobalTracer } from 'opentracing';
export { activeSpan, withSpan } from './active-span.ts';
export type { BaggageRestrictions } from './baggage/baggage-restrictions.ts';
export {
  RemoteRestrictions,
  type RemoteRestrictionsOptions,
} from './baggage/remote-restrictions.ts';
export { type Clock, createClock, type Instant, systemClock, type TimeSources } from './clock.ts';
export { agentHostPort } from './config/agent-host-port.ts';
export { ConfigurationError, type ConfigurationErrorCode } from './config/configuration-error.ts';
export { type InitOptions, initTracer } from './config/init-tracer.ts';
export type {
  AgentServiceConfig,
  BaggageRestrictionsConfig,
  GoTracingConfig,
  ReporterConfig,
  SamplerConfig,
  TracingConfig,
} from './config/tracing-config.ts';
export {
  background,
  type Context,
  contextWithSpan,
  spanFromContext,
  startSpanFromContext,
} from './context.ts';
export { type Counters, createCounters } from './counters.ts';
export { COUNTERS_FD_VARIABLE, type CountersLine } from './counters-on-exit.ts';
export { type TracerEvent, type TracerEvents, tracerChannelName } from './events.ts';
export { createStdLogger, type Logger, stdLogger } from './logger.ts';
export type { TextMapReader, TextMapWriter } from './propagation/carrier.ts';
export {
  CarrierError,
  type CarrierErrorCode,
  type Codec,
  type Extractor,
  type Injector,
} from './propagation/codec.ts';
export type { HeaderNames, Propagation } from './propagation/propagators.ts';
export { createRandomId, type RandomId } from './random-ids.ts';
export { compositeReporter } from './reporters/composite-reporter.ts';
export { InMemoryReporter } from './reporters/in-memory-reporter.ts';
export { loggingReporter } from './reporters/logging-reporter.ts';
export { noopReporter } from './reporters/noop-reporter.ts';
export { RemoteReporter, type RemoteReporterOptions } from './reporters/remote-reporter.ts';
export type { Reporter } from './reporters/reporter.ts';
export { rpcServerOption } from './rpc-server-option.ts';
export { constSampler } from './samplers/const-sampler.ts';
export { type PerOperationOptions, PerOperationSampler } from './samplers/per-operation-sampler.ts';
export { probabilisticSampler } from './samplers/probabilistic-sampler.ts';
export { RateLimitingSampler } from './samplers/rate-limiting-sampler.ts';
export {
  type FetchText,
  RemoteSampler,
  type RemoteSamplerOptions,
} from './samplers/remote-sampler.ts';
export type { Sampler, SamplingDecision } from './samplers/sampler.ts';
export type { OperationStrategies, SamplingStrategy } from './samplers/sampling-strategy.ts';
export { HttpSender, type HttpSenderOptions } from './senders/http-sender.ts';
export { BINARY_BODY, COMPACT_DATAGRAM, type PacketFormat } from './senders/packet-format.ts';
export type { Sender } from './senders/sender.ts';
export { UdpSender, type UdpSenderOptions } from './senders/udp-sender.ts';
export { SLEEP_CHANNEL, sleep, TIME_SCALE_VARIABLE, timeScale } from './sleep.ts';
export { Span } from './span.ts';
export {
  type Baggage,
  type Companions,
  SpanContext,
  spanContextFromText,
  spanContextOf,
} from './span-context.ts';
export type { DebugThrottler } from './throttler/debug-throttler.ts';
export { RemoteThrottler, type RemoteThrottlerOptions } from './throttler/remote-throttler.ts';
export { Tracer, type TracerOptions } from './tracer.ts';
export { CLIENT_VERSION } from './version.ts';
