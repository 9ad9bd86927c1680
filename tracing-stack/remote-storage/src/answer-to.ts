import { status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { DecodeError } from '@spoor/wire';

/** Why a call was refused where it is not the store's doing. */
export type CallErrorCode = 'bad-request' | 'busy' | 'no-trace' | 'no-archive' | 'no-service';

export class CallError extends Error {
  readonly code: CallErrorCode;

  constructor(code: CallErrorCode, message: string) {
    super(message);
    this.name = 'CallError';
    this.code = code;
  }
}

/** What may be tried again later is RESOURCE_EXHAUSTED or UNAVAILABLE, and only that. */
const STATUS: Readonly<Record<CallErrorCode | StorageErrorCode, status>> = {
  'bad-request': status.INVALID_ARGUMENT,
  busy: status.RESOURCE_EXHAUSTED,
  'no-trace': status.NOT_FOUND,
  'no-archive': status.UNIMPLEMENTED,
  'no-service': status.NOT_FOUND,
  unavailable: status.UNAVAILABLE,
  full: status.RESOURCE_EXHAUSTED,
  closed: status.UNAVAILABLE,
  corrupt: status.DATA_LOSS,
  unsupported: status.UNIMPLEMENTED,
};

export interface CallStatus {
  readonly code: status;
  readonly details: string;
}

/** The gRPC status that answers a call which failed. */
export function answerTo(error: unknown): CallStatus {
  const details = error instanceof Error ? error.message : String(error);
  if (error instanceof DecodeError) return { code: status.INVALID_ARGUMENT, details };
  if (error instanceof CallError || error instanceof StorageError)
    return { code: STATUS[error.code], details };
  return { code: status.INTERNAL, details };
}
