import type { DependencyJson } from '@spoor/analysis';
import { readMetrics } from '../api/metrics-client.ts';
import { answerOf, dataOf } from '../api/query-client.ts';

/** The time that calls are counted in. Milliseconds since 1970, and milliseconds. */
export interface CallTime {
  readonly end: number;
  readonly lookback: number;
}

/** How a service answered those who called it. NaN where it was not called, or its spans do not say that they answer calls. */
export interface ServiceFigures {
  /** Part of the calls that failed, from 0 to 1. */
  readonly errors: number;
  /** What 95 of 100 calls stayed below, in microseconds. */
  readonly latency: number;
}

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

/** Of each service over all of the time. The server works them out from the spans, which takes the longer the more there are. */
export async function readFigures(
  base: string,
  services: readonly string[],
  time: CallTime,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ServiceFigures>> {
  const [errors, latencies] = await Promise.all([
    readLast(base, 'errors', services, time, signal),
    readLast(base, 'latencies', services, time, signal),
  ]);
  return new Map(
    services.map((name) => [
      name,
      {
        errors: errors.get(name) ?? Number.NaN,
        latency: 1e3 * (latencies.get(name) ?? Number.NaN),
      },
    ]),
  );
}

/** The newest point of each service's series, which is of all calls in the time before it. */
async function readLast(
  base: string,
  measure: 'errors' | 'latencies',
  services: readonly string[],
  { end, lookback }: CallTime,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const asked = new URLSearchParams([
    ...services.map((name) => ['service', name]),
    ['endTs', String(end)],
    ['lookback', String(lookback)],
    ['step', String(lookback)],
    ['ratePer', String(lookback)],
    ['spanKind', 'server'],
    ...(measure === 'latencies' ? [['quantile', '0.95']] : []),
  ]);
  const series = await readMetrics(base, measure, asked, signal);
  return new Map(
    series.map(({ service, points }) => [service, points.at(-1)?.value ?? Number.NaN]),
  );
}
