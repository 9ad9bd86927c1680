import type { Micros } from '@spoor/model';
import { StorageError, type TraceQuery } from '@spoor/storage-api';

const MAX_INT32 = 0x7fff_ffff;

/**
 * `jaeger.storage.v1.TraceQueryParameters`, in which empty and zero mean "not asked for"; `undefined` for a query that
 * nothing can match. Throws `StorageError` code `unsupported` for one that it cannot say.
 */
export function traceQueryParameters(query: TraceQuery): object | undefined {
  const { serviceName, operationName, tags, durationMin = 0, durationMax, limit } = query;
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

/** `google.protobuf.Timestamp` or `Duration`: nanoseconds count forward. The years 1 to 9999 are all it may hold. */
function timeMessage(time: Micros): object {
  const limited = Math.min(MAX_TIME, Math.max(MIN_TIME, time));
  const seconds = Math.floor(limited / 1_000_000);
  return { seconds, nanos: (limited - seconds * 1_000_000) * 1000 };
}

const MIN_TIME = -62_135_596_799 * 1_000_000;
const MAX_TIME = 253_402_300_799 * 1_000_000;
