import { timeMessage } from '@spoor/platform/grpc';
import { StorageError, type TraceQuery } from '@spoor/storage-api';

const MAX_INT32 = 0x7fff_ffff;

/**
 * `jaeger.storage.v1.TraceQueryParameters`, in which empty and zero mean "not asked for"; `undefined` for a query that
 * nothing can match. Throws `StorageError` code `unsupported` for one that it cannot say.
 */
export function traceQueryParameters(query: TraceQuery): object | undefined {
  const { serviceName, operationName, tags, durationMin = 0, durationMax, limit } = query;
  if (query.order === 'longest-first') throw unsupported('search for the longest');
  if (serviceName === undefined) throw unsupported('search across services');
  if (operationName === '') throw unsupported('search for an operation without a name');
  if (durationMax !== undefined && durationMax <= 0)
    throw unsupported('search for spans without a duration');
  // A service without a name is stored under another one.
  if (limit <= 0 || serviceName === '') return undefined;
  return {
    serviceName,
    ...(operationName !== undefined && { operationName }),
    tags: Object.fromEntries(tags),
    startTimeMin: timeMessage(Math.ceil(query.startTimeMin)),
    startTimeMax: timeMessage(Math.floor(query.startTimeMax)),
    ...(durationMin > 0 && { durationMin: timeMessage(Math.ceil(durationMin)) }),
    ...(durationMax !== undefined && { durationMax: timeMessage(Math.floor(durationMax)) }),
    // Zero would be each server's own default.
    numTraces: Math.min(MAX_INT32, Math.ceil(limit)),
  };
}

export function unsupported(what: string): StorageError {
  const text = `[grpc] the server speaks Jaeger's storage protocol alone, which has no ${what}`;
  return new StorageError('unsupported', text);
}
