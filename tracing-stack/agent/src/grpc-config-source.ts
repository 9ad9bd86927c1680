import type { MethodDefinition, ServiceError } from '@grpc/grpc-js';
import type { OperationSampling, SamplingStrategy } from '@spoor/model';
import { loadService } from '@spoor/platform/grpc';
import type { CollectorConnection } from './collector-connection.ts';
import type { CollectorConnections } from './collector-connections.ts';
import { ConfigError, type ConfigSource, noBaggageRestrictions } from './config-source.ts';
import { goStatusText } from './go-status.ts';

export type GetSamplingStrategy = MethodDefinition<
  { readonly serviceName: string },
  StrategyMessage
>;

/** `SamplingStrategyResponse` as proto-loader reads it: what was not sent is null or zero. */
interface StrategyMessage {
  readonly strategyType: string;
  readonly probabilisticSampling: SamplingStrategy['probabilisticSampling'] | null;
  readonly rateLimitingSampling: SamplingStrategy['rateLimitingSampling'] | null;
  readonly operationSampling:
    | (Omit<OperationSampling, 'perOperationStrategies'> & {
        readonly perOperationStrategies: readonly {
          readonly operation: string;
          readonly probabilisticSampling: { readonly samplingRate: number } | null;
        }[];
      })
    | null;
}

const CALL_TIMEOUT_MS = 5000;

/** Asks collectors over gRPC; if one is away, the next. */
export function grpcConfigSource(
  collectors: CollectorConnections,
  callTimeoutMs = CALL_TIMEOUT_MS,
  load = loadMethod,
): ConfigSource {
  let method: Promise<GetSamplingStrategy> | undefined;

  /** Loads it with the first question; if that fails, with the next again. */
  async function getMethod(): Promise<GetSamplingStrategy> {
    method ??= load();
    try {
      return await method;
    } catch (error) {
      method = undefined;
      throw samplingError(error instanceof Error ? error.message : String(error), error);
    }
  }

  async function ask(service: string): Promise<StrategyMessage> {
    const getStrategy = await getMethod();
    const request = { serviceName: service };
    let failure: unknown;
    for (let attempt = 0; attempt < collectors.count; attempt++) {
      const collector = collectors.next() as CollectorConnection;
      try {
        return await collector.call(getStrategy, request, callTimeoutMs);
      } catch (error) {
        failure = error;
      }
    }
    throw samplingError(goStatusText(failure as ServiceError), failure);
  }

  return {
    protocol: 'grpc',
    samplingStrategy: async (service) => strategyOf(await ask(service)),
    baggageRestrictions: noBaggageRestrictions,
  };
}

async function loadMethod(): Promise<GetSamplingStrategy> {
  const { GetSamplingStrategy } = await loadService(
    'sampling.proto',
    'jaeger.api_v2.SamplingManager',
  );
  return GetSamplingStrategy as unknown as GetSamplingStrategy;
}

function strategyOf(message: StrategyMessage): SamplingStrategy {
  const { strategyType, probabilisticSampling, rateLimitingSampling, operationSampling } = message;
  if (strategyType !== 'PROBABILISTIC' && strategyType !== 'RATE_LIMITING') {
    throw samplingError(`unknown sampling strategy type ${strategyType}`);
  }
  return {
    strategyType,
    ...(probabilisticSampling && { probabilisticSampling }),
    ...(rateLimitingSampling && { rateLimitingSampling }),
    ...(operationSampling && {
      operationSampling: {
        ...operationSampling,
        perOperationStrategies: operationSampling.perOperationStrategies.map(
          ({ operation, probabilisticSampling: own }) => ({
            operation,
            probabilisticSampling: own ?? { samplingRate: 0 },
          }),
        ),
      },
    }),
  };
}

function samplingError(reason: string, cause?: unknown): ConfigError {
  return new ConfigError('unavailable', `failed to get sampling strategy: ${reason}`, cause);
}
