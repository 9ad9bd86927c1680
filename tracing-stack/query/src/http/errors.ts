import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { ParameterError } from '../parameters/go-errors.ts';
import { QueryError, type QueryErrorCode } from '../query-error.ts';

/** An answer other than 200, with its message in the envelope. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
}

const QUERY_STATUS: Readonly<Record<QueryErrorCode, number>> = {
  'no-trace': 404,
  'no-archive': 500,
  'too-much': 400,
  // As nginx notes it: nobody reads it.
  abandoned: 499,
};

/** What is not 503: come again. */
const STORAGE_STATUS: Partial<Record<StorageErrorCode, number>> = {
  corrupt: 500,
  unsupported: 501,
};

/** The HTTP status for whatever a handler threw. */
export function httpStatus(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  if (error instanceof QueryError) return QUERY_STATUS[error.code];
  if (error instanceof ParameterError) return 400;
  if (error instanceof StorageError) return STORAGE_STATUS[error.code] ?? 503;
  // Express's own errors, such as a path that is not well encoded.
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
