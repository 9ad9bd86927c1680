export {
  type Collector,
  type CollectorOptions,
  MAX_MESSAGE_BYTES,
  QUEUE_BYTES,
  startCollector,
} from './collector.ts';
export { CollectorError, type CollectorErrorCode } from './collector-error.ts';
export { collectorFlags, collectorOptions } from './flags.ts';
export type { SamplingProvider } from './sampling/sampling-provider.ts';
export { DEFAULT_SAMPLING, type SamplingOptions } from './sampling/start-sampling.ts';
