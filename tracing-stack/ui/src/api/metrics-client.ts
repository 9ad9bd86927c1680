import { answerOf, dataOf } from './query-client.ts';

/** A measure of a service's calls, or of those of one of its operations, over time. */
export interface MetricSeries {
  readonly service: string;
  /** Empty if they are not told apart by it. */
  readonly operation: string;
  readonly caller: string;
  readonly points: readonly MetricPoint[];
}

export interface MetricPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Calls a second, the part of them that failed, or milliseconds; NaN where there is nothing to measure. */
  readonly value: number;
}

interface MetricFamilyJson {
  readonly metrics?: readonly {
    readonly labels: readonly { readonly name: string; readonly value: string }[];
    readonly metricPoints: readonly {
      readonly gaugeValue: { readonly doubleValue: number | string };
      readonly timestamp: string;
    }[];
  }[];
}

/** `GET /api/metrics/…`. Rejects with `QueryError`. */
export async function readMetrics(
  base: string,
  measure: 'latencies' | 'calls' | 'errors',
  asked: URLSearchParams,
  signal: AbortSignal,
): Promise<MetricSeries[]> {
  const url = new URL(`api/metrics/${measure}?${asked}`, base);
  const { status, text } = await answerOf(fetch, url, signal);
  // Refusals are written as those of other calls, figures are not.
  if (status >= 400) dataOf(status, text);
  const { metrics = [] } = JSON.parse(text) as MetricFamilyJson;
  return metrics.map(({ labels, metricPoints }) => {
    const label = (wanted: string) => labels.find(({ name }) => name === wanted)?.value ?? '';
    return {
      service: label('service_name'),
      operation: label('operation'),
      caller: label('caller'),
      points: metricPoints.map(({ gaugeValue, timestamp }) => ({
        time: Date.parse(timestamp),
        value: Number(gaugeValue.doubleValue),
      })),
    };
  });
}
