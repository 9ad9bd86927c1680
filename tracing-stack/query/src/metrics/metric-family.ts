import {
  type CallMeasure,
  callMetrics,
  type MetricPoint,
  type MetricSeries,
} from '@spoor/analysis';
import type { Micros } from '@spoor/model';
import type { MetricsQuery } from '../parameters/metrics-query.ts';
import type { CallReader } from './call-reader.ts';

/** A `jaeger.api_v2.metrics.MetricFamily`, in which every value is a gauge's. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly metrics: readonly Metric[];
}

export interface Metric {
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  readonly points: readonly MetricPoint[];
}

/** Between two points there is at least so much time, in microseconds. */
export const MIN_STEP: Micros = 1000;

/** What a measure is called, as Jaeger's Prometheus reader calls it. */
function described(measure: CallMeasure): { readonly name: string; readonly help: string } {
  switch (measure.of) {
    case 'calls':
      return { name: 'service_call_rate', help: 'calls/sec, grouped by service' };
    case 'errors':
      return {
        name: 'service_error_rate',
        help: 'error rate, computed as a fraction of errors/sec over calls/sec, grouped by service',
      };
    case 'latencies':
      return {
        name: 'service_latencies',
        help: `${measure.quantile.toFixed(2)}th quantile latency, grouped by service`,
      };
  }
}

/** Calculates what was asked for from the spans that are stored. */
export async function metricFamily(
  reader: CallReader,
  measure: CallMeasure,
  query: MetricsQuery,
  signal: AbortSignal,
): Promise<MetricFamily> {
  const { serviceNames, spanKinds, groupByOperation, end, lookback, step, ratePer } = query;
  const start = end - lookback;
  const after = start - ratePer;
  const calls = await reader.calls({ serviceNames, spanKinds, after, until: end, step }, signal);
  const series = callMetrics(calls.groups(groupByOperation), measure, {
    start,
    end,
    step,
    ratePer,
  });
  const { name, help } = described(measure);
  return {
    name: groupByOperation ? name.replace('service', 'service_operation') : name,
    help: groupByOperation ? `${help} & operation` : help,
    metrics: series.map(metricOf),
  };
}

function metricOf({ serviceName, operationName, points }: MetricSeries): Metric {
  const service = { name: 'service_name', value: serviceName };
  if (operationName === undefined) return { labels: [service], points };
  return { labels: [{ name: 'operation', value: operationName }, service], points };
}
