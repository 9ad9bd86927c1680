import { type MetricPoint, readMetrics } from '../api/metrics-client.ts';
import type { MonitorAddress, MonitorTimes } from './monitor-address.ts';

/** Quantiles of the latency that are drawn. */
export const QUANTILES = ['0.5', '0.75', '0.95'] as const;

/** Of a service. Latencies in milliseconds. */
export interface MonitorFigures {
  /** In the order of `QUANTILES`. */
  readonly latencies: readonly (readonly MetricPoint[])[];
  readonly calls: readonly MetricPoint[];
  readonly errors: readonly MetricPoint[];
  readonly operations: readonly OperationFigures[];
}

export interface OperationFigures {
  readonly name: string;
  readonly latency: readonly MetricPoint[];
  readonly calls: readonly MetricPoint[];
  readonly errors: readonly MetricPoint[];
  /** Rate times latency, over all of the time; 1 for the operation where that is most. */
  readonly impact: number;
}

/** Asks as Jaeger's own monitor does. Rejects with `QueryError`. */
export async function monitorFigures(
  base: string,
  address: MonitorAddress,
  { end, lookback, step, ratePer }: MonitorTimes & { readonly end: number },
  signal: AbortSignal,
): Promise<MonitorFigures> {
  const read = (
    measure: 'latencies' | 'calls' | 'errors',
    further: Readonly<Record<string, string>> = {},
  ) =>
    readMetrics(
      base,
      measure,
      new URLSearchParams({
        service: address.service,
        spanKind: address.kind,
        endTs: String(end),
        lookback: String(lookback),
        step: String(step),
        ratePer: String(ratePer),
        ...further,
      }),
      signal,
    );
  const byOperation = { groupByOperation: 'true' };
  const [latency, calls, errors, all, failed, ...quantiles] = await Promise.all([
    read('latencies', { ...byOperation, quantile: '0.95' }),
    read('calls', byOperation),
    read('errors', byOperation),
    read('calls'),
    read('errors'),
    ...QUANTILES.map((quantile) => read('latencies', { quantile })),
  ]);
  const pointsOf = (series: typeof calls, name: string) =>
    series.find(({ operation }) => operation === name)?.points ?? [];
  return {
    latencies: quantiles.map((series) => series[0]?.points ?? []),
    calls: all[0]?.points ?? [],
    errors: failed[0]?.points ?? [],
    operations: withImpact(
      calls.map(({ operation, points }) => ({
        name: operation,
        latency: pointsOf(latency, operation),
        calls: points,
        errors: pointsOf(errors, operation),
      })),
    ),
  };
}

/** Compares the operations by how much of the service's time they take. */
export function withImpact(
  operations: readonly Omit<OperationFigures, 'impact'>[],
): OperationFigures[] {
  const times = operations.map(({ calls, latency }) =>
    calls.reduce((sum, { value }, i) => sum + (value * (latency[i]?.value ?? 0) || 0), 0),
  );
  const most = Math.max(...times, 0);
  return operations.map((operation, i) => ({
    ...operation,
    impact: most > 0 ? (times[i] ?? 0) / most : 0,
  }));
}

/** The last there is, and the highest; NaN where there is none. */
export function lastAndMost(points: readonly MetricPoint[]): { last: number; most: number } {
  const values = points.map(({ value }) => value).filter((value) => !Number.isNaN(value));
  return {
    last: values.at(-1) ?? Number.NaN,
    most: values.length ? Math.max(...values) : Number.NaN,
  };
}
