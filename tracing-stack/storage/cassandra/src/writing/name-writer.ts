import type { Span } from '@spoor/model';
import type { Session } from '../connection/session.ts';
import { PartitionedRows } from '../rows/partitioned-rows.ts';
import { storedKindOf } from '../rows/span-kind.ts';
import { INSERT_OPERATION_NAME } from '../statements/insert-operation-name.ts';
import { INSERT_SERVICE_NAME } from '../statements/insert-service-name.ts';
import type { NameCache } from './name-cache.ts';
import { writeAll } from './write-all.ts';

/** Writes the services and operations of spans, those that the cache does not know. Gives how many were too long. */
export async function writeNames(
  session: Session,
  cache: NameCache,
  spans: readonly Span[],
): Promise<number> {
  const rows = new PartitionedRows();
  const names = new Set<string>();
  for (const span of spans) {
    const { serviceName: service_name } = span.process;
    const service = JSON.stringify([service_name]);
    if (!names.has(service) && !cache.has(service)) {
      names.add(service);
      rows.add(INSERT_SERVICE_NAME, { service_name });
    }
    const operation = {
      service_name,
      span_kind: storedKindOf(span),
      operation_name: span.operationName,
    };
    const name = JSON.stringify(Object.values(operation));
    if (names.has(name) || cache.has(name)) continue;
    names.add(name);
    rows.add(INSERT_OPERATION_NAME, operation);
  }
  await writeAll(session, rows.writes());
  for (const name of names) cache.add(name);
  return rows.tooLong;
}
