import type { handleUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import type { SamplingStrategy } from '@spoor/model';
import { loadService } from '@spoor/platform/grpc';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';

/** `jaeger.api_v2.SamplingManager`, as `protos/sampling.proto` has it. */
export function loadSamplingService(): Promise<ServiceDefinition> {
  return loadService('sampling.proto', 'jaeger.api_v2.SamplingManager');
}

/** Answers `GetSamplingStrategy`. */
export function getSamplingStrategy(
  provider: SamplingProvider,
): handleUnaryCall<{ readonly serviceName: string }, object> {
  return ({ request }, callback) => {
    callback(null, messageOf(provider.strategyOf(request.serviceName)));
  };
}

/** As proto-loader wants it, without what proto3 leaves out: the first of an enum, and zeros. */
function messageOf({ strategyType, operationSampling, ...others }: SamplingStrategy): object {
  const messages = { ...others, ...(operationSampling && { operationSampling }) };
  const type = strategyType === 'PROBABILISTIC' ? undefined : { strategyType };
  return { ...type, ...(withoutZeros(messages) as object) };
}

function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== 0 && inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutZeros(inner)]));
}
