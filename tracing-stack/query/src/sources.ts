import type { Micros } from '@spoor/model';
import type { DependencyLink, SpanStore } from '@spoor/storage-api';
import type { MeasuredReader } from './measured-reader.ts';
import type { CallReader } from './metrics/call-reader.ts';

/** What the query service needs of a store. */
export type QueryStore = Pick<SpanStore, 'reader' | 'archive' | 'dependencies' | 'check'>;

/** What every answer is made from, by whatever way it was asked for. */
export interface Sources extends Pick<QueryStore, 'archive'> {
  readonly reader: MeasuredReader;
  readonly calls: CallReader;
  /** The links of the calls from `endTs - lookback` to `endTs`. */
  readonly dependencies: (endTs: Micros, lookback: Micros) => Promise<DependencyLink[]>;
  /** Throws the reason while the store cannot be read. */
  readonly check: () => Promise<void>;
  readonly now: () => Micros;
}
