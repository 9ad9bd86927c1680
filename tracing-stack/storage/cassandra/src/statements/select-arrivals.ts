import type { ArrivalPlace, ArrivalRow } from './insert-arrival.ts';
import type { WriterRow } from './insert-writer.ts';
import type { Select } from './statement.ts';

/** Every writer of whose arrivals any are left. */
export const SELECT_WRITERS: Select<object, WriterRow> = {
  cql: 'SELECT writer, oldest_part, newest_part FROM spoor_writers WHERE shard = 0',
};

/** What a writer took after a batch, in its order, out of one part. */
export const SELECT_ARRIVALS: Select<ArrivalPlace, ArrivalRow & Pick<ArrivalPlace, 'sequence'>> = {
  cql: `SELECT sequence, stamp, encoding, bytes, format, added_tags FROM spoor_arrivals
        WHERE writer = :writer AND part = :part AND sequence > :sequence`,
};

/** The newest batch of a part. */
export const SELECT_NEWEST_ARRIVAL: Select<
  Omit<ArrivalPlace, 'sequence'>,
  Pick<ArrivalPlace, 'sequence'>
> = {
  cql: `SELECT sequence FROM spoor_arrivals WHERE writer = :writer AND part = :part
        ORDER BY sequence DESC LIMIT 1`,
};
