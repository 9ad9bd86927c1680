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
  const { serviceNames, spanKinds, groupByCaller, end, lookback, step, ratePer } = query;
  const part = groupByCaller ? 'caller' : query.groupByOperation ? 'operation' : undefined;
  const start = end - lookback;
  const after = start - ratePer;
  const calls = await reader.calls(
    { serviceNames, spanKinds, groupByCaller, after, until: end, step },
    signal,
  );
  const series = callMetrics(calls.groups(part !== undefined), measure, {
    start,
    end,
    step,
    ratePer,
  });
  const { name, help } = described(measure);
  return {
    name: part ? name.replace('service', `service_${part}`) : name,
    help: part ? `${help} & ${part}` : help,
    metrics: series.map((each) => metricOf(each, part)),
  };
}

function metricOf(
  { serviceName, part = '', points }: MetricSeries,
  name: string | undefined,
): Metric {
  const service = { name: 'service_name', value: serviceName };
  return { labels: name === undefined ? [service] : [{ name, value: part }, service], points };
}
