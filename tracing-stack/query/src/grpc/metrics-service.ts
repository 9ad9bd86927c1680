import { type Server, status } from '@grpc/grpc-js';
import type { CallMeasure } from '@spoor/analysis';
import {
  CallError,
  type CallHandlers,
  lengthOfTime,
  loadService,
  pointInTime,
  type TimeMessage,
  timeMessage,
} from '@spoor/platform/grpc';
import { type Metric, MIN_STEP } from '../metrics/metric-family.ts';
import { checkTimes, METRICS_DEFAULTS, type MetricsQuery } from '../parameters/metrics-query.ts';
import type { Sources } from '../sources.ts';

const NAME = 'jaeger.api_v2.metrics.MetricsQueryService';

interface BaseRequest {
  readonly serviceNames: readonly string[];
  readonly groupByOperation: boolean;
  readonly endTime: TimeMessage | null;
  readonly lookback: TimeMessage | null;
  readonly step: TimeMessage | null;
  readonly ratePer: TimeMessage | null;
  /** `SPAN_KIND_SERVER` and so on. */
  readonly spanKinds: readonly (string | number)[];
}

interface MetricsRequest {
  readonly baseRequest: BaseRequest | null;
}

/** Adds `jaeger.api_v2.metrics.MetricsQueryService`, and returns its name. */
export async function addMetricsService(
  server: Server,
  handlers: CallHandlers,
  { figures, check, now }: Sources,
): Promise<string> {
  async function answer(
    measure: CallMeasure,
    query: MetricsQuery,
    signal: AbortSignal,
  ): Promise<object> {
    await check();
    const { name, help, metrics } = await figures(measure, query, signal);
    return { metrics: { name, help, type: 'GAUGE', metrics: metrics.map(metricMessage) } };
  }

  server.addService(await loadService('metrics.proto', NAME), {
    GetLatencies: handlers.unary(
      'GetLatencies',
      async ({ baseRequest, quantile }: MetricsRequest & { readonly quantile: number }, signal) => {
        const query = queryOf(baseRequest, now());
        if (quantile === 0) throw invalid('please provide a quantile between (0, 1]');
        return answer({ of: 'latencies', quantile }, query, signal);
      },
    ),
    GetCallRates: handlers.unary('GetCallRates', async ({ baseRequest }: MetricsRequest, signal) =>
      answer({ of: 'calls' }, queryOf(baseRequest, now()), signal),
    ),
    GetErrorRates: handlers.unary(
      'GetErrorRates',
      async ({ baseRequest }: MetricsRequest, signal) =>
        answer({ of: 'errors' }, queryOf(baseRequest, now()), signal),
    ),
    GetMinStepDuration: handlers.unary('GetMinStepDuration', async () => ({
      minStep: timeMessage(MIN_STEP),
    })),
  });
  return NAME;
}

function queryOf(request: BaseRequest | null, now: number): MetricsQuery {
  if (request === null || request.serviceNames.length === 0)
    throw invalid('please provide at least one service name');
  const time = (message: TimeMessage | null, otherwise: number) =>
    message === null ? otherwise : Math.trunc(lengthOfTime(message));
  const kinds = request.spanKinds.map(kindOf);
  const query: MetricsQuery = {
    serviceNames: request.serviceNames,
    groupByOperation: request.groupByOperation,
    groupByCaller: false,
    spanKinds: kinds.length === 0 ? METRICS_DEFAULTS.spanKinds : kinds,
    end: Math.trunc(pointInTime(request.endTime) ?? now),
    lookback: time(request.lookback, METRICS_DEFAULTS.lookback),
    step: time(request.step, METRICS_DEFAULTS.step),
    ratePer: time(request.ratePer, METRICS_DEFAULTS.ratePer),
  };
  checkTimes(query);
  return query;
}

/** One that the definition does not know comes as its number. */
function kindOf(kind: string | number): string {
  if (typeof kind === 'number') throw invalid(`unsupported span kind: '${kind}'`);
  return kind.replace('SPAN_KIND_', '').toLowerCase();
}

function metricMessage({ labels, points }: Metric): object {
  const metricPoints = points.map(({ time, value }) => ({
    gaugeValue: { doubleValue: value },
    timestamp: timeMessage(time),
  }));
  return { labels, metricPoints };
}

function invalid(message: string): CallError {
  return new CallError(status.INVALID_ARGUMENT, message);
}
