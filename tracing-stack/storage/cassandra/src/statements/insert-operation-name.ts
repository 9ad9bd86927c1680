import type { Write } from './statement.ts';

/** An operation of a service. The kind stands before the name, so that those of one kind lie side by side. */
export const INSERT_OPERATION_NAME: Write<{
  readonly service_name: string;
  readonly span_kind: string;
  readonly operation_name: string;
}> = {
  cql: `INSERT INTO operation_names_v2 (service_name, span_kind, operation_name)
        VALUES (:service_name, :span_kind, :operation_name)`,
  partition: ['service_name'],
  clustering: ['span_kind', 'operation_name'],
};
