import { type ServiceError, status } from '@grpc/grpc-js';
import { isTooLarge } from '@spoor/platform/grpc';
import { type EncodedBatch, encodePostSpansRequest, protoBatchBytes } from '@spoor/wire';
import type { CollectorConnection } from './collector-connection.ts';
import { type CollectorLink, PostError } from './collector-link.ts';

/** Answers after which the same batch may be taken later. A batch whose answer was lost is sent again: twice beats never. */
const REPEATABLE: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.RESOURCE_EXHAUSTED,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.CANCELLED,
]);

/** A collector over gRPC 14250. */
export function grpcLink(connection: CollectorConnection, timeoutMs: number): CollectorLink {
  return {
    address: connection.address,
    get connected() {
      return connection.connected;
    },
    get connects() {
      return connection.connects;
    },
    async post(batch: EncodedBatch) {
      const request = encodePostSpansRequest(protoBatchBytes(batch));
      try {
        await connection.post(request, timeoutMs);
      } catch (error) {
        throw postError(error as ServiceError);
      }
    },
    close: () => connection.close(),
  };
}

function postError(error: ServiceError): PostError {
  const { code, details } = error;
  const isRepeatable = REPEATABLE.has(code) && !isTooLarge(details);
  return new PostError(status[code] ?? String(code), details, isRepeatable, error);
}
