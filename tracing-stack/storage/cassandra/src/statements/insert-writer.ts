import type { Write } from './statement.ts';

/** Which parts of a writer's arrivals there are. All writers are in one partition: they are as many as processes. */
export const INSERT_WRITER: Write<WriterRow> = {
  cql: `INSERT INTO spoor_writers (shard, writer, oldest_part, newest_part)
        VALUES (0, :writer, :oldest_part, :newest_part)`,
  partition: [],
  clustering: ['writer'],
};

export interface WriterRow {
  readonly writer: string;
  readonly oldest_part: bigint;
  readonly newest_part: bigint;
}
