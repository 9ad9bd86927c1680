import type { Micros } from '@spoor/model';
import type { CallGroup, CallSample } from './call-samples.ts';
import { RankedWindow } from './ranked-window.ts';

/** `calls`: a second. `errors`: the share of the calls that failed. `latencies`: a quantile of their durations, in ms. */
export type CallMeasure =
  | { readonly of: 'calls' }
  | { readonly of: 'errors' }
  | { readonly of: 'latencies'; readonly quantile: number };

/** The points of a series, from `start` to `end`, both included. */
export interface MetricRange {
  readonly start: Micros;
  readonly end: Micros;
  /** Between two points; more than 0. */
  readonly step: Micros;
  /** Each point is of the calls that began in so much time before it; more than 0. */
  readonly ratePer: Micros;
}

export interface MetricSeries extends Omit<CallGroup, 'samples'> {
  readonly points: readonly MetricPoint[];
}

export interface MetricPoint {
  readonly time: Micros;
  /** NaN where nothing was called that could have failed or taken long. */
  readonly value: number;
}

/**
 * What Jaeger asks a Prometheus for that counts spans (the `spanmetrics` of OpenTelemetry's collector), from the spans
 * themselves: so no bounds of buckets blur the quantiles.
 */
export function callMetrics(
  groups: readonly CallGroup[],
  measure: CallMeasure,
  range: MetricRange,
): MetricSeries[] {
  return groups.map(({ samples, ...names }) => ({
    ...names,
    points: [...points(samples, measure, range)],
  }));
}

function* points(
  samples: readonly CallSample[],
  measure: CallMeasure,
  { start, end, step, ratePer }: MetricRange,
): Generator<MetricPoint> {
  const window = windowOf(measure, samples, ratePer);
  let entered = 0;
  let left = 0;
  for (let index = 0; start + index * step <= end; index++) {
    const time = start + index * step;
    for (let next = samples[entered]; next && next.startTime <= time; next = samples[entered]) {
      window.add(next);
      entered++;
    }
    for (
      let first = samples[left];
      first && left < entered && first.startTime <= time - ratePer;
      first = samples[left]
    ) {
      window.remove(first);
      left++;
    }
    yield { time, value: window.value() };
  }
}

/** The samples of the time before a point. */
interface Window {
  add(sample: CallSample): void;
  remove(sample: CallSample): void;
  value(): number;
}

function windowOf(measure: CallMeasure, samples: readonly CallSample[], ratePer: Micros): Window {
  if (measure.of === 'latencies') {
    const durations = new RankedWindow(samples.map(({ duration }) => duration));
    return {
      add: ({ duration }) => durations.add(duration),
      remove: ({ duration }) => durations.remove(duration),
      value: () => durations.quantile(measure.quantile) / 1000,
    };
  }
  let calls = 0;
  let failures = 0;
  const count = ({ hasFailed }: CallSample, by: 1 | -1) => {
    calls += by;
    if (hasFailed) failures += by;
  };
  return {
    add: (sample) => count(sample, 1),
    remove: (sample) => count(sample, -1),
    value: () => (measure.of === 'calls' ? calls / (ratePer / 1e6) : failures / calls),
  };
}
