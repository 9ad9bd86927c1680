import type { Write } from './statement.ts';

/** A service by its name, once in the life of a write cache: a table so small that reading all of it costs nothing. */
export const INSERT_SERVICE_NAME: Write<{ readonly service_name: string }> = {
  cql: 'INSERT INTO service_names (service_name) VALUES (:service_name)',
  partition: ['service_name'],
  clustering: [],
};
