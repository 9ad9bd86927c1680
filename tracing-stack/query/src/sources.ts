import type { CallMeasure } from '@spoor/analysis';
import type { Micros } from '@spoor/model';
import type { DependencyLink, SpanStore } from '@spoor/storage-api';
import type { WatchedStore } from '@spoor/storage-api/health';
import type { MeasuredReader } from './measured-reader.ts';
import type { MetricFamily } from './metrics/metric-family.ts';
import type { MetricsQuery } from './parameters/metrics-query.ts';

/** What the query service needs of a store. Without `health`, `check` says how it is. */
export type QueryStore = Pick<SpanStore, 'reader' | 'archive' | 'dependencies' | 'check'> &
  Partial<Pick<WatchedStore, 'health'>>;

/** What every answer is made from, by whatever way it was asked for. */
export interface Sources extends Pick<QueryStore, 'archive'> {
  readonly reader: MeasuredReader;
  /** Calculated from the spans that are stored. Rejects with `QueryError` if they are too many. */
  readonly figures: (
    measure: CallMeasure,
    query: MetricsQuery,
    signal: AbortSignal,
  ) => Promise<MetricFamily>;
  /** The links of the calls from `endTs - lookback` to `endTs`. */
  readonly dependencies: (endTs: Micros, lookback: Micros) => Promise<DependencyLink[]>;
  /** Throws the reason while the store cannot be read. */
  readonly check: () => Promise<void>;
  /** Throws the reason while the service is of no use. */
  readonly health: () => Promise<void>;
  readonly now: () => Micros;
}
