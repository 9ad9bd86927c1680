import type { Listed } from './columns.ts';
import type { Select, Write } from './statement.ts';

/** `dependency`. */
export interface DependencyColumns {
  readonly parent: string;
  readonly child: string;
  readonly call_count: bigint;
  readonly source: string | null;
}

export interface DependenciesRow {
  /** The day, by UTC. */
  readonly ts_bucket: Date;
  readonly ts: Date;
  readonly dependencies: Listed<DependencyColumns>;
}

/** Who called whom as of some time: one row, which is replaced as a whole. A partition is a day. */
export const INSERT_DEPENDENCIES: Write<DependenciesRow> = {
  cql: 'INSERT INTO dependencies_v2 (ts_bucket, ts, dependencies) VALUES (:ts_bucket, :ts, :dependencies)',
  partition: ['ts_bucket'],
  clustering: ['ts'],
};

/** Those of a part of a day. */
export const SELECT_DEPENDENCIES: Select<
  { readonly ts_bucket: Date; readonly ts_min: Date; readonly ts_max: Date },
  DependenciesRow
> = {
  cql: `SELECT ts_bucket, ts, dependencies FROM dependencies_v2
        WHERE ts_bucket = :ts_bucket AND ts >= :ts_min AND ts <= :ts_max`,
};

/** All there are: where somebody asks for so many days that it costs less than to ask for each. */
export const SELECT_ALL_DEPENDENCIES: Select<object, DependenciesRow> = {
  cql: 'SELECT ts_bucket, ts, dependencies FROM dependencies_v2',
};

/** The newest of each day. */
export const SELECT_NEWEST_DEPENDENCIES: Select<object, Pick<DependenciesRow, 'ts'>> = {
  cql: 'SELECT ts FROM dependencies_v2 PER PARTITION LIMIT 1',
};
