import type { KeyValueColumns } from './columns.ts';
import type { Blob, Write } from './statement.ts';

/** A batch as it came, in the order of its writer, for whoever reads arrivals: one row, however many spans. */
export const INSERT_ARRIVAL: Write<ArrivalRow & ArrivalPlace> = {
  cql: `INSERT INTO spoor_arrivals (writer, part, sequence, stamp, encoding, bytes, format, added_tags)
        VALUES (:writer, :part, :sequence, :stamp, :encoding, :bytes, :format, :added_tags)`,
  partition: ['writer', 'part'],
  clustering: ['sequence'],
};

export interface ArrivalPlace {
  /** One life of one collector. */
  readonly writer: string;
  readonly part: bigint;
  /** Without gaps, from part to part. */
  readonly sequence: bigint;
}

export interface ArrivalRow {
  /** Microseconds since 1970, by the writer's clock. */
  readonly stamp: bigint;
  readonly encoding: string;
  readonly bytes: Blob;
  readonly format: string | null;
  readonly added_tags: readonly KeyValueColumns[] | null;
}
