import { status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { ParameterError } from '../parameters/go-errors.ts';
import { QueryError, type QueryErrorCode } from '../query-error.ts';

const QUERY_STATUS: Readonly<Record<QueryErrorCode, status>> = {
  'no-trace': status.NOT_FOUND,
  'no-archive': status.INTERNAL,
  'too-much': status.INVALID_ARGUMENT,
  abandoned: status.CANCELLED,
};

const STORAGE_STATUS: Readonly<Record<StorageErrorCode, status>> = {
  unavailable: status.UNAVAILABLE,
  full: status.RESOURCE_EXHAUSTED,
  closed: status.UNAVAILABLE,
  corrupt: status.DATA_LOSS,
  unsupported: status.UNIMPLEMENTED,
};

/** The gRPC status for whatever an answer threw; `undefined` for a defect. */
export function statusOf(error: unknown): status | undefined {
  if (error instanceof QueryError) return QUERY_STATUS[error.code];
  if (error instanceof ParameterError) return status.INVALID_ARGUMENT;
  return error instanceof StorageError ? STORAGE_STATUS[error.code] : undefined;
}
