import type { Select } from './statement.ts';

/** Every service: the whole table, which has one short row for each. */
export const SELECT_SERVICES: Select<object, { readonly service_name: string }> = {
  cql: 'SELECT service_name FROM service_names',
};

/** Whether keyspace and tables are there and answer. */
export const SELECT_ANY_SERVICE: Select<object, { readonly service_name: string }> = {
  cql: 'SELECT service_name FROM service_names LIMIT 1',
};

/** The operations of a service, of all kinds: one partition. */
export const SELECT_OPERATIONS: Select<
  { readonly service_name: string },
  { readonly span_kind: string; readonly operation_name: string }
> = {
  cql: 'SELECT span_kind, operation_name FROM operation_names_v2 WHERE service_name = :service_name',
};
