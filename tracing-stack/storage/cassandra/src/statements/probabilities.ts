import type { Select, Write } from './statement.ts';

/** All that was calculated last, in JSON: one row, which is replaced as a whole. */
export const INSERT_PROBABILITIES: Write<{ readonly probabilities: string }> = {
  cql: 'INSERT INTO spoor_probabilities (shard, probabilities) VALUES (0, :probabilities)',
  partition: [],
  clustering: [],
};

export const SELECT_PROBABILITIES: Select<object, { readonly probabilities: string }> = {
  cql: 'SELECT probabilities FROM spoor_probabilities WHERE shard = 0',
};
