import type { Select, Write } from './statement.ts';

/** What one collector saw begin in a stretch of time; in microseconds, `operations` in JSON. */
export interface ThroughputRow {
  readonly collector: string;
  readonly time: bigint;
  readonly duration: bigint;
  readonly operations: string;
}

/** One row a collector and a minute, all in one partition: it is read from a time on, and expires. */
export const INSERT_THROUGHPUT: Write<ThroughputRow> = {
  cql: `INSERT INTO spoor_throughput (shard, time, collector, duration, operations)
        VALUES (0, :time, :collector, :duration, :operations)`,
  partition: [],
  clustering: ['time', 'collector'],
};

export const SELECT_THROUGHPUT: Select<
  { readonly after: bigint; readonly until: bigint },
  ThroughputRow
> = {
  cql: `SELECT time, collector, duration, operations FROM spoor_throughput
        WHERE shard = 0 AND time > :after AND time <= :until`,
};
