import { lengthOfTime, pointInTime, type TimeMessage } from '@spoor/platform/grpc';
import type { TraceQuery } from '@spoor/storage-api';

/** What the `TraceQueryParameters` of both APIs have in common. */
export interface SearchMessage {
  readonly serviceName: string;
  readonly operationName: string;
  readonly startTimeMin: TimeMessage | null;
  readonly startTimeMax: TimeMessage | null;
  readonly durationMin: TimeMessage | null;
  readonly durationMax: TimeMessage | null;
  readonly searchDepth: number;
}

/** A search. Empty and zero mean "not asked for", but for the service; `limit` is for a depth of 0. */
export function traceSearch(
  message: SearchMessage,
  tags: Readonly<Record<string, string>>,
  limit: number,
): TraceQuery {
  const { serviceName, operationName, searchDepth } = message;
  const durationMin = Math.ceil(lengthOfTime(message.durationMin));
  const durationMax = Math.floor(lengthOfTime(message.durationMax));
  const depth = searchDepth < 0 ? Number.POSITIVE_INFINITY : searchDepth;
  return {
    serviceName,
    ...(operationName !== '' && { operationName }),
    tags: new Map(Object.entries(tags)),
    startTimeMin: Math.ceil(pointInTime(message.startTimeMin) ?? Number.MIN_SAFE_INTEGER),
    startTimeMax: Math.floor(pointInTime(message.startTimeMax) ?? Number.MAX_SAFE_INTEGER),
    ...(durationMin !== 0 && { durationMin }),
    ...(durationMax !== 0 && { durationMax }),
    limit: depth || limit,
  };
}
