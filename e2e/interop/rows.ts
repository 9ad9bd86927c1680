/** What a test tells of its mix, for the tables. Kept in the test's meta. */
export type Row = TraceRow | SamplingRow | CallsRow;

/** A trace from a client to an answer of the query API. */
export interface TraceRow {
  readonly kind: 'trace';
  readonly peer: string;
  readonly client: string;
  /** Empty where the client reports to the collector. */
  readonly agent: string;
  readonly transport: string;
  readonly collector: string;
  readonly store: string;
  readonly query: string;
  readonly spans: number;
  /** Accepted differences. */
  readonly accepted: readonly string[];
}

/** Sampling strategies from a collector's file to a client. */
export interface SamplingRow {
  readonly kind: 'sampling';
  readonly peer: string;
  readonly agent: string;
  readonly transport: string;
  readonly collector: string;
  readonly answers: number;
  readonly accepted: readonly string[];
}

/** The recorded calls to a query service. */
export interface CallsRow {
  readonly kind: 'calls';
  readonly peer: string;
  readonly collector: string;
  readonly store: string;
  readonly query: string;
  readonly calls: number;
  readonly accepted: readonly string[];
}

declare module 'vitest' {
  interface TaskMeta {
    row?: Row;
  }
}
