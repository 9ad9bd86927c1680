import { status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { DecodeError } from '@spoor/wire';

/** What may be tried again later is RESOURCE_EXHAUSTED or UNAVAILABLE, and only that. */
const STATUS: Readonly<Record<StorageErrorCode, status>> = {
  unavailable: status.UNAVAILABLE,
  full: status.RESOURCE_EXHAUSTED,
  closed: status.UNAVAILABLE,
  corrupt: status.DATA_LOSS,
  unsupported: status.UNIMPLEMENTED,
};

/** The gRPC status for what the store or a reader of bytes threw; `undefined` for a defect. */
export function statusOf(error: unknown): status | undefined {
  if (error instanceof DecodeError) return status.INVALID_ARGUMENT;
  return error instanceof StorageError ? STATUS[error.code] : undefined;
}
