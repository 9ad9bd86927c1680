/** What Jaeger's collector calls a process that names no service. */
const EMPTY_SERVICE_NAME = 'empty-service-name';

/** What Jaeger's collector calls a span that came without a process. */
export const NULL_PROCESS_SERVICE_NAME = 'null-process-and-service-name';

/** The service a span is filed under. Applying it twice changes nothing. */
export function sanitizeServiceName(name: string | undefined): string {
  if (name === undefined) return NULL_PROCESS_SERVICE_NAME;
  return name === '' ? EMPTY_SERVICE_NAME : name;
}
