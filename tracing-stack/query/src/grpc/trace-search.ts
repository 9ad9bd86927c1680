import { type SearchTimes, searchTimes } from '@spoor/platform/grpc';
import type { TraceQuery } from '@spoor/storage-api';

/** What the `TraceQueryParameters` of both APIs have in common. */
export interface SearchMessage extends SearchTimes {
  readonly serviceName: string;
  readonly operationName: string;
  readonly searchDepth: number;
}

/** A search. Empty and zero mean "not asked for", but for the service; `limit` is for a depth of 0. */
export function traceSearch(
  message: SearchMessage,
  tags: Readonly<Record<string, string>>,
  limit: number,
): TraceQuery {
  const { serviceName, operationName, searchDepth } = message;
  const depth = searchDepth < 0 ? Number.POSITIVE_INFINITY : searchDepth;
  return {
    serviceName,
    ...(operationName !== '' && { operationName }),
    tags: new Map(Object.entries(tags)),
    ...searchTimes(message),
    limit: depth || limit,
  };
}
