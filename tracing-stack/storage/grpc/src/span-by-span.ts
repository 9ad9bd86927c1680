import { eachAtMost } from '@spoor/platform';
import type { Methods } from './services.ts';
import type { StorageConnection } from './storage-connection.ts';

/** Chunks of one span, for a chunk of one is laid out as a `WriteSpanRequest`. */
export const ONE_SPAN = { spans: 1, bytes: Number.POSITIVE_INFINITY };

/** Of the spans of a batch, so many are under way at once. */
const UNDER_WAY = 64;

/**
 * Sends each request in a call of its own, all within the time of one. After one is refused it sends no more, and rejects when
 * none is under way.
 */
export function sendOneByOne(
  connection: StorageConnection,
  method: Methods['writeSpan'],
  requests: readonly object[],
): Promise<void> {
  const deadline = connection.writeDeadline();
  return eachAtMost(UNDER_WAY, requests, (request) => connection.write(method, request, deadline));
}
