import type { DependencyJson } from '@spoor/analysis';
import { type MetricSeries, readMetrics } from '../api/metrics-client.ts';
import { answerOf, dataOf } from '../api/query-client.ts';

/** The time that calls are counted in. Milliseconds since 1970, and milliseconds. */
export interface CallTime {
  readonly end: number;
  readonly lookback: number;
}

/** How a service answered those who called it, or one of them. NaN where that is not known. */
export interface CallFigures {
  /** Part of the calls that failed, from 0 to 1. */
  readonly errors: number;
  /** What 95 of 100 calls stayed below, in microseconds. */
  readonly latency: number;
}

/** Of the whole graph. */
export interface Figures {
  /** By its name: of the spans that say that they answer calls. */
  readonly ofService: ReadonlyMap<string, CallFigures>;
  /** By `callKey`: of the spans that were called by another service. */
  readonly ofCall: ReadonlyMap<string, CallFigures>;
}

export const callKey = ({ parent, child }: Pick<DependencyJson, 'parent' | 'child'>) =>
  JSON.stringify([parent, child]);

/** A call counts whatever kind of span it begins with, as in the graph. */
const ALL_KINDS = ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'];

/** Rejects with `QueryError`, as all calls here. */
export async function readDependencies(
  base: string,
  { end, lookback }: CallTime,
  signal: AbortSignal,
): Promise<readonly DependencyJson[]> {
  const asked = new URLSearchParams({ endTs: String(end), lookback: String(lookback) });
  const url = new URL(`api/dependencies?${asked}`, base);
  const { status, text } = await answerOf(fetch, url, signal);
  return dataOf<DependencyJson[]>(status, text) ?? [];
}

/** Over all of the time. The server works them out from the spans, which takes the longer the more there are. */
export async function readFigures(
  base: string,
  services: readonly string[],
  time: CallTime,
  signal: AbortSignal,
): Promise<Figures> {
  const [ofService, ofCall] = await Promise.all([
    readBoth([['spanKind', 'server']], ({ service }) => service),
    readBoth(
      [['groupByCaller', 'true'], ...ALL_KINDS.map((kind) => ['spanKind', kind])],
      ({ service, caller }) => callKey({ parent: caller, child: service }),
    ),
  ]);
  return { ofService, ofCall };

  async function readBoth(
    asked: readonly string[][],
    keyOf: (series: MetricSeries) => string,
  ): Promise<Map<string, CallFigures>> {
    const read = (measure: 'errors' | 'latencies', more: readonly string[][]) =>
      readLast(base, measure, paramsOf(services, time, [...asked, ...more]), keyOf, signal);
    const [errors, latencies] = await Promise.all([
      read('errors', []),
      read('latencies', [['quantile', '0.95']]),
    ]);
    const figures = ([key, latency]: [string, number]) =>
      [key, { errors: errors.get(key) ?? Number.NaN, latency: 1e3 * latency }] as const;
    return new Map([...latencies].map(figures));
  }
}

/** One point, of all calls in the time before it. */
function paramsOf(
  services: readonly string[],
  { end, lookback }: CallTime,
  more: readonly string[][],
): URLSearchParams {
  return new URLSearchParams([
    ...services.map((name) => ['service', name]),
    ['endTs', String(end)],
    ['lookback', String(lookback)],
    ['step', String(lookback)],
    ['ratePer', String(lookback)],
    ...more,
  ]);
}

/** The newest point of each series. */
async function readLast(
  base: string,
  measure: 'errors' | 'latencies',
  asked: URLSearchParams,
  keyOf: (series: MetricSeries) => string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const all = await readMetrics(base, measure, asked, signal);
  return new Map(all.map((series) => [keyOf(series), series.points.at(-1)?.value ?? Number.NaN]));
}
