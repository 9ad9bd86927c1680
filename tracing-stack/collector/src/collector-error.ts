import { status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { DecodeError } from '@spoor/wire';

/** `queue-full`: too much is under way. `closing`: the collector is on its way down. */
export type CollectorErrorCode = 'queue-full' | 'closing';

/** Why the collector did not take a batch, where it is not the store's or the sender's doing. */
export class CollectorError extends Error {
  readonly code: CollectorErrorCode;

  constructor(code: CollectorErrorCode, message: string) {
    super(`[collector] ${message}`);
    this.name = 'CollectorError';
    this.code = code;
  }
}

const COLLECTOR_STATUS: Readonly<Record<CollectorErrorCode, status>> = {
  'queue-full': status.RESOURCE_EXHAUSTED,
  closing: status.UNAVAILABLE,
};

/** What the sender may try again is RESOURCE_EXHAUSTED or UNAVAILABLE, and only that. */
const STORAGE_STATUS: Readonly<Record<StorageErrorCode, status>> = {
  full: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  closed: status.UNAVAILABLE,
  corrupt: status.INTERNAL,
};

/** The gRPC status that answers a batch which was not stored. */
export function grpcStatus(error: unknown): status {
  if (error instanceof DecodeError) return status.INVALID_ARGUMENT;
  if (error instanceof CollectorError) return COLLECTOR_STATUS[error.code];
  if (error instanceof StorageError) return STORAGE_STATUS[error.code];
  return status.INTERNAL;
}

/** One word for a counter's label. */
export function rejectReason(error: unknown): string {
  if (error instanceof DecodeError) return 'unreadable';
  if (error instanceof CollectorError || error instanceof StorageError) return error.code;
  return 'internal';
}
